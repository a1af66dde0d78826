# shellcheck shell=bash
echo static > file; chmod 755 file
