"""The page of rallies (拉练评比), of city offices."""
