# shellcheck shell=bash
mkdir -p tree/d; echo f > tree/f; echo g > tree/d/g; chmod 755 tree/f; chown -R 9:9 tree
