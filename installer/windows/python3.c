/* python3.dll: every name is passed on to python311.dll by the linker (python3.def). */
int DllMain(void *library, unsigned reason, void *reserved) { return 1; }
