; The installer for Windows (安装程序): for one user, without an administrator; data folders are never touched.
; makensis -INPUTCHARSET UTF8 -DVERSION=… -DBUNDLE=… -DOUTPUT=… touyan.nsi

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
ManifestDPIAware true
!include "MUI2.nsh"

!define KEY "Touyan" ; folder and registry names stay ASCII: whatever reads them can
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${KEY}"
!define WINDOW "touyan-window.exe"

Name "头雁台账"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${KEY}"
InstallDirRegKey HKCU "Software\${KEY}" "InstallDir"
RequestExecutionLevel user
BrandingText "头雁台账 ${VERSION}　本软件不得存储、处理、传输国家秘密"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "头雁台账"
VIAddVersionKey "FileDescription" "头雁台账安装程序"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "${COPYRIGHT}"

!define MUI_ICON "touyan.ico"
!define MUI_UNICON "touyan.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_RUN_TEXT "打开头雁台账"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只卸载程序。各单位的数据和备份原样留在电脑上，重新安装后接着用。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A program that runs holds its files: half of a new version over half of an old one would be neither.
!macro RefuseWhileRunning program
  ${If} ${FileExists} "$INSTDIR\${program}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${program}" a
    ${If} ${Errors}
      MessageBox MB_ICONEXCLAMATION|MB_OK "头雁台账正在运行。请先关闭它的窗口，再来一次。" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Nothing of an older version may stay beside the new one.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\touyan.exe"
  Delete "$INSTDIR\${WINDOW}"
!macroend

Section
  !insertmacro RefuseWhileRunning "${WINDOW}"
  !insertmacro RefuseWhileRunning "touyan.exe"
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\头雁台账.lnk" "$INSTDIR\${WINDOW}"
  CreateShortcut "$DESKTOP\头雁台账.lnk" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "Software\${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "头雁台账"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  !insertmacro RefuseWhileRunning "${WINDOW}"
  !insertmacro RefuseWhileRunning "touyan.exe"
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\头雁台账.lnk"
  Delete "$DESKTOP\头雁台账.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${KEY}"
SectionEnd
