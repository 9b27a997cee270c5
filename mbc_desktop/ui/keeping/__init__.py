"""Nothing entered is lost: files in and out, unsaved work, crashes."""
