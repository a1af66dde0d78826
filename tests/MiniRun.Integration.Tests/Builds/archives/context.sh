# shellcheck shell=bash
mkdir -p in/d; echo x > in/d/x; ln -s d/x in/l; ln in/d/x in/hard; chmod 600 in/d/x; chown 7:8 in/d/x; touch -d 2002-03-04 in/d/x in/d; tar -C in -cf plain.tar .; tar -C in -czf zipped.tar.gz d l; echo n > notes.txt; echo o | gzip -n > only.gz; rm -r in
