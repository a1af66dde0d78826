# shellcheck shell=bash
mkdir -p src/keep src/drop deep/er/est; echo 1 > src/keep/a.c; echo 2 > src/keep/a.o; echo 3 > src/drop/x; echo 4 > src/drop/kept; echo 5 > top.o; echo 6 > deep/er/est/z.tmp; echo 7 > deep/er/est/z.ok; echo 8 > README.md; echo 9 > OTHER.md
printf '# comment\n*.md\n!README.md\n**/*.o\nsrc/drop\n!src/drop/kept\n**/*.tmp\n/top*\n.dockerignore\nDockerfile\ncontext.sh\n' > .dockerignore
