using System.Globalization;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>`minirun cp`, into and out of containers that run and that do not.</summary>
[Collection(ContainerTests.Name)]
public sealed class CpTests(ContainerHost host)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Files_and_folders_go_in_and_come_out_by_dockers_rules(bool running)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string folder = Container(running, "cp-rules");
        string minirun = host.Minirun;
        host.Bash($"""
            cd {folder}
            mkdir -p tree/sub; echo one > tree/one; echo two > tree/sub/two; echo file > file
            cp() {"{"} {minirun} cp "$@"; {"}"}
            cp tree cp-rules:/new; cp tree cp-rules:/new; cp tree/. cp-rules:/contents; cp tree/. cp-rules:/new; cp file cp-rules:/opt
            cp file cp-rules:/new/sub/two; cp file cp-rules:tmp/
            cp cp-rules:/new out; cp cp-rules:/new out; cp cp-rules:/contents/. out/c; cp cp-rules:/opt .; cp cp-rules:new/one out/sub/two; cp cp-rules:/tmp/file/../../tmp/file got
            rm file; rm -r tree
            """).Succeeded();

        Assert.Equal("./c/one ./c/sub/two ./new/one ./new/sub/two ./new/tree/one ./new/tree/sub/two ./one ./sub/two ./tree/one ./tree/sub/two", Files($"{folder}/out"));
        Assert.Equal(("one\n", "file\n", "file\n", "file\n"), (File.ReadAllText($"{folder}/out/sub/two"), File.ReadAllText($"{folder}/out/new/sub/two"), File.ReadAllText($"{folder}/opt"), File.ReadAllText($"{folder}/got")));

        End("cp-rules", folder, before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_cannot_be_copied_is_refused_in_dockers_words(bool running)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string folder = Container(running, "cp-words");
        host.Bash($"cd {folder}; mkdir tree; echo x > tree/bin; echo x > file; mkfifo fifo").Succeeded();
        host.Run("cp", "cp-words:/none", folder).FailedInOneLine(1, "Could not find the file /none in container cp-words");
        host.Run("cp", "cp-words:/none/file", folder).FailedInOneLine(1, "Could not find the file /none/file in container cp-words");
        host.Run("cp", "cp-words:/etc/passwd/", folder).FailedInOneLine(1, "not a directory");
        host.Run("cp", $"{folder}/file", "cp-words:/none/file").FailedInOneLine(1, "Could not find the file /none in container cp-words");
        host.Run("cp", $"{folder}/file", "cp-words:/none/").FailedInOneLine(1, "no such directory");
        host.Run("cp", $"{folder}/tree", "cp-words:/etc/passwd").FailedInOneLine(1, "cannot copy directory");
        host.Run("cp", $"{folder}/file", "cp-words:/etc/passwd/").FailedInOneLine(1, "not a directory");
        host.Run("cp", $"{folder}/tree/.", "cp-words:/").FailedInOneLine(1, "cannot overwrite directory \"bin\" with non-directory \"bin\"");
        host.Run("cp", $"{folder}/none", "cp-words:/").FailedInOneLine(1, "no such file or directory");
        host.Run("cp", $"{folder}/fifo", "cp-words:/").FailedInOneLine(1, "FIFO", "-a");
        host.Run("cp", "cp-words:/etc", $"{folder}/none/deep").FailedInOneLine(1, $"invalid output path: directory \"{folder}/none\" does not exist");
        host.Run("cp", "cp-words:/etc", $"{folder}/file").FailedInOneLine(1, "cannot copy directory");
        host.Run("cp", "cp-words:/etc/passwd", $"{folder}/fifo").FailedInOneLine(1, "must be a directory or a regular file");
        host.Run("cp", "cp-words:/etc", "cp-words:/tmp").FailedInOneLine(125, "copying between containers is not supported");
        host.Run("cp", "/etc", "/tmp").FailedInOneLine(125, "must specify at least one container source");
        host.Run("cp", "nobody:/etc", folder).FailedInOneLine(1, "nobody");
        host.Bash($"{host.Minirun} cp - cp-words:/etc/passwd < {folder}/file").FailedInOneLine(1, "must be a directory");

        End("cp-words", folder, before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Modes_times_links_nodes_and_attributes_are_kept_and_owners_are_roots_or_with_a_the_same(bool running)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string folder = Container(running, "cp-kept");
        host.Bash($"""
            cd {folder}; mkdir -m 0711 tree; cd tree
            echo x > plain; chmod 0640 plain; ln plain second; ln -s plain link; mkfifo -m 0604 fifo; mknod null c 1 3; python3 -c 'import os; os.setxattr("plain", "user.note", b"kept")'; chown -h 1234:2345 plain link fifo; touch -d @1000000 plain
            echo x > suid; chown 1234 suid; chmod 4755 suid
            {host.Minirun} cp . cp-kept:/plainly; {host.Minirun} cp -a . cp-kept:/exactly
            {host.Minirun} cp cp-kept:/exactly {folder}/out; {host.Minirun} cp -a cp-kept:/exactly {folder}/all; {host.Minirun} cp cp-kept:/exactly - > {folder}/tar
            """).Succeeded();

        const string Format = "stat -c '%n %F %a %u:%g %h %Y'";
        Assert.Equal("second regular file 640 0:0 2 1000000", Stat("all", "second"));
        Assert.Equal("plain regular file 640 0:0 2 1000000", Stat("out", "plain"));
        Assert.Equal("suid regular file 755 0:0", string.Join(' ', Stat("out", "suid").Split(' ')[..5]));
        Assert.Equal("link symbolic link 777", string.Join(' ', Stat("out", "link").Split(' ')[..4]));
        Assert.Equal("kept", host.Bash($"python3 -c 'import os; print(os.getxattr(\"{folder}/out/second\", \"user.note\").decode())'").Succeeded());
        Assert.Equal("link plain second suid", host.Bash($"cd {folder}/out; echo *").Succeeded());
        Assert.Equal("fifo link plain second suid", host.Bash($"cd {folder}/all; echo *").Succeeded());
        Assert.Contains("1234/2345", host.Bash($"tar --numeric-owner -tvf {folder}/tar").Succeeded(), StringComparison.Ordinal);
        string owners = host.Bash($"for i in plainly exactly; do {host.Minirun} cp cp-kept:/$i - | tar --numeric-owner -tvf - | sort -k6; done").Succeeded();
        Assert.Equal(
            "drwx--x--x 0/0|lrwxrwxrwx 0/0|-rw-r----- 0/0|hrw-r----- 0/0|-rwxr-xr-x 0/0|drwx--x--x 0/0|prw----r-- 1234/2345|lrwxrwxrwx 1234/2345|crw-r--r-- 0/0|-rw-r----- 1234/2345|hrw-r----- 1234/2345|-rwsr-xr-x 1234/0",
            string.Join('|', owners.Split('\n').Select(line => string.Join(' ', line.Split(' ')[..2]))));
        End("cp-kept", folder, before);

        string Stat(string place, string name) => host.Bash($"cd {folder}/{place}; {Format} {name}").Succeeded();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Devices_are_never_made_on_the_host_and_it_is_said_which_were_left_out(bool running)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string folder = Container(running: true, "cp-nodes");
        host.Run("exec", "cp-nodes", "sh", "-c", "umask 0; mkdir -p /data/sub; cd /data; mknod disk b 8 0; ln disk same; mknod sub/null c 1 3; mkfifo fifo; chmod 666 disk; echo x > file").Succeeded();
        if (!running)
        {
            host.Run("kill", "cp-nodes").Succeeded();
            host.Run("wait", "cp-nodes").Succeeded();
        }

        ProgramResult copied = host.Run("cp", "-aq", "cp-nodes:/data", folder);
        Assert.Equal((0, "minirun: 3 devices left out, first data/disk: with a container's modes they could open the host's own to others\n"), (copied.Status, copied.Error));
        Assert.Equal("data data/fifo data/file data/sub", host.Bash($"cd {folder}; echo $(find data | sort)").Succeeded());
        Assert.Equal("", host.Run("cp", "cp-nodes:/data", $"{folder}/plain").Error);
        host.Run("cp", "-a", "cp-nodes:/data/disk", $"{folder}/disk").FailedInOneLine(1, "cp-nodes:/data/disk is a device, which is not made on the host");
        host.Run("cp", "cp-nodes:/data/disk", $"{folder}/disk").FailedInOneLine(1, "is not made on the host");
        Assert.False(File.Exists($"{folder}/disk"));

        // A tar only describes them.
        Assert.Equal("2", host.Bash($"{host.Minirun} cp -a cp-nodes:/data - | tar -tvf - | grep -c '^[bc]'").Succeeded());
        Assert.Equal("1", host.Bash($"{host.Minirun} cp cp-nodes:/data/disk - | tar -tvf - | grep -c '^b.* disk$'").Succeeded());
        End("cp-nodes", folder, before);
    }

    [Fact]
    public void Links_are_copied_and_followed_with_L_and_never_out_of_the_container()
    {
        string folder = Container(running: true, "cp-links");
        File.WriteAllText($"{folder}/secret", "host's");
        host.Run("exec", "cp-links", "sh", "-c", $"mkdir -p /real{folder} /way; echo inside > /real/file; ln -s /real/file /way/file; ln -s ../real /way/folder; ln -s {folder}/secret /way/out; ln -s {folder} /way/up; ln -s /real/made /way/dangling").Succeeded();
        host.Run("cp", "cp-links:/way/file", $"{folder}/link").Succeeded();
        host.Run("cp", "-L", "cp-links:/way/file", $"{folder}/followed").Succeeded();
        host.Run("cp", "-L", "cp-links:/way/folder", $"{folder}/tree").Succeeded();
        host.Run("cp", "cp-links:/way/folder/file", $"{folder}/through").Succeeded();
        Assert.Equal("/real/file", new FileInfo($"{folder}/link").LinkTarget);
        Assert.Equal(("inside\n", "inside\n", "inside\n"), (File.ReadAllText($"{folder}/followed"), File.ReadAllText($"{folder}/tree/file"), File.ReadAllText($"{folder}/through")));

        host.Run("cp", "-L", "cp-links:/way/out", $"{folder}/stolen").FailedInOneLine(1, "Could not find the file /way/out");
        host.Run("cp", "cp-links:/way/up/secret", $"{folder}/stolen").FailedInOneLine(1, "Could not find the file /way/up/secret");
        host.Run("cp", $"{folder}/followed", "cp-links:/way/up/planted").FailedInOneLine(1, "Could not find the file");
        host.Run("cp", $"{folder}/followed", "cp-links:/way/dangling").Succeeded();
        host.Run("cp", $"{folder}/followed", "cp-links:/way/file").Succeeded();
        Assert.Equal("inside\ninside\n/real/file", host.Run("exec", "cp-links", "sh", "-c", "cat /real/made /real/file; readlink /way/file").Succeeded());
        Assert.False(File.Exists($"{folder}/stolen") || File.Exists($"{folder}/planted"));
        host.Run("rm", "-f", "cp-links").Succeeded();
    }

    [Fact]
    public void Archives_go_in_and_come_out_by_standard_streams()
    {
        string folder = Container(running: true, "cp-tar");
        host.Bash($"cd {folder}; mkdir a; echo one > a/.wh.name; tar -cf - a | {host.Minirun} cp - cp-tar:/tmp; {host.Minirun} cp cp-tar:/tmp/a - | tar -xf - -C {host.NewFolder("cp-extracted")} --strip-components=1").Succeeded();
        Assert.Equal("one", host.Run("exec", "cp-tar", "cat", "/tmp/a/.wh.name").Succeeded());
        host.Bash($"cd {folder}; echo x > x; tar -cPf - --transform 's,x,../../x,' x | {host.Minirun} cp - cp-tar:/tmp").FailedInOneLine(1, "../../x");
        host.Run("rm", "-f", "cp-tar").Succeeded();
    }

    [Fact]
    public void Volumes_and_tmpfs_of_a_running_container_are_there_and_those_of_a_stopped_one_are_refused()
    {
        string folder = host.NewFolder();
        Directory.CreateDirectory($"{folder}/volume");
        File.WriteAllText($"{folder}/file", "x");
        host.Run("run", "-d", "--name=cp-mounts", "-v", $"{folder}/volume:/volume", "-v", $"{folder}/volume:/fixed:ro", "--tmpfs=/memory", "busybox", "sleep", "1000").Succeeded();
        host.Run("cp", $"{folder}/file", "cp-mounts:/volume/in").Succeeded();
        host.Run("cp", $"{folder}/file", "cp-mounts:/memory/in").Succeeded();
        host.Run("cp", "cp-mounts:/memory/in", $"{folder}/out").Succeeded();
        Assert.Equal(("x", "x"), (File.ReadAllText($"{folder}/volume/in"), File.ReadAllText($"{folder}/out")));
        host.Run("cp", $"{folder}/file", "cp-mounts:/fixed/in").FailedInOneLine(1, "mounted volume is marked read-only");
        host.Run("cp", $"{folder}/file", "cp-mounts:/etc/hosts").FailedInOneLine(1, "device or resource busy");
        Assert.Contains("localhost", host.Run("exec", "cp-mounts", "cat", "/etc/hosts").Succeeded(), StringComparison.Ordinal);
        host.Run("cp", "cp-mounts:/proc/version", folder).FailedInOneLine(1, "the kernel's own files");
        host.Run("cp", "cp-mounts:/", $"{folder}/all").Succeeded();
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{folder}/all/proc"));

        host.Run("kill", "cp-mounts").Succeeded();
        host.Run("wait", "cp-mounts").Succeeded();
        host.Run("cp", $"{folder}/file", "cp-mounts:/volume/in").FailedInOneLine(1, "in the mount /volume", "start it first");
        host.Run("rm", "-f", "cp-mounts").Succeeded();
    }

    [Fact]
    public void Nothing_is_written_to_a_read_only_root()
    {
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/file", "x");
        host.Run("run", "-d", "--read-only", "--name=cp-fixed", "busybox", "sleep", "1000").Succeeded();
        host.Run("cp", $"{folder}/file", "cp-fixed:/tmp").FailedInOneLine(1, "container rootfs is marked read-only");
        host.Run("kill", "cp-fixed").Succeeded();
        host.Run("wait", "cp-fixed").Succeeded();
        host.Run("cp", $"{folder}/file", "cp-fixed:/tmp").FailedInOneLine(1, "container rootfs is marked read-only");
        host.Run("rm", "-f", "cp-fixed").Succeeded();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ids_of_a_user_namespace_are_those_inside(bool running)
    {
        string folder = host.NewFolder();
        host.Bash($"cd {folder}; echo x > file; chown 33:44 file; echo y > far; chown 3000000 far").Succeeded();
        host.Run([running ? "run" : "create", .. running ? (string[])["-d"] : [], "--userns=private", "--name=cp-ids", "busybox", "sleep", "1000"]).Succeeded();
        host.Run("cp", $"{folder}/file", "cp-ids:/tmp/roots").Succeeded();
        host.Run("cp", "-a", $"{folder}/file", "cp-ids:/tmp/same").Succeeded();
        host.Run("cp", "-a", $"{folder}/far", "cp-ids:/tmp").FailedInOneLine(1, "3000000", "user namespace");
        if (!running)
        {
            host.Run("start", "cp-ids").Succeeded();
        }

        Assert.Equal("0:0\n33:44", host.Run("exec", "cp-ids", "stat", "-c", "%u:%g", "/tmp/roots", "/tmp/same").Succeeded());
        Assert.Contains(" 33/44 ", host.Bash($"{host.Minirun} cp cp-ids:/tmp/same - | tar --numeric-owner -tvf -").Succeeded(), StringComparison.Ordinal);
        host.Run("kill", "cp-ids").Succeeded();
        host.Run("wait", "cp-ids").Succeeded();
        Assert.Contains(" 33/44 ", host.Bash($"{host.Minirun} cp cp-ids:/tmp/same - | tar --numeric-owner -tvf -").Succeeded(), StringComparison.Ordinal);
        Assert.Contains(" 0/0 ", host.Bash($"{host.Minirun} cp cp-ids:/etc/passwd - | tar --numeric-owner -tvf -").Succeeded(), StringComparison.Ordinal);
        host.Run("rm", "-f", "cp-ids").Succeeded();
    }

    [Fact]
    public void A_containers_root_does_not_decide_which_ids_it_has()
    {
        string folder = host.NewFolder();
        host.Bash($"cd {folder}; echo x > file; chown 1:2 file").Succeeded();
        host.Run("run", "--name=cp-owner", "--userns=private", "busybox", "sh", "-c", "echo x > /made; chown 7:8 /made; chown 65535:65534 /").Succeeded();
        string container = $"{host.Data}/containers/{File.ReadAllText($"{host.Data}/names/cp-owner")}";
        string first = host.Bash($"jq -r .ids.uid {container}/container.json").Succeeded();
        Assert.Equal(65535 + int.Parse(first, CultureInfo.InvariantCulture), int.Parse(host.Bash($"stat -c %u {container}/upper").Succeeded(), CultureInfo.InvariantCulture));

        Eventually.True(() => host.Run("cp", "-a", $"{folder}/file", "cp-owner:/copied").Status == 0, () => "its monitor does not end");
        Assert.Equal("1 2", host.Bash($"echo $(($(stat -c %u {container}/upper/copied) - {first})) $(($(stat -c %g {container}/upper/copied) - {first}))").Succeeded());
        Assert.Contains(" 7/8 ", host.Bash("$MINIRUN cp cp-owner:/made - | tar --numeric-owner -tvf -").Succeeded(), StringComparison.Ordinal);
        string[] exported = host.Bash("$MINIRUN export cp-owner | tar --numeric-owner -tvf -").Lines();
        Assert.Contains(exported, line => line.EndsWith(" made", StringComparison.Ordinal) && line.Contains(" 7/8 ", StringComparison.Ordinal));
        Assert.Contains(exported, line => line.EndsWith(" bin/busybox", StringComparison.Ordinal) && line.Contains(" 0/0 ", StringComparison.Ordinal));
        Assert.DoesNotContain("bin/busybox", host.Run("diff", "cp-owner").Succeeded(), StringComparison.Ordinal);

        // An older minirun has recorded nothing: the next start does, and until then the range is the one it would take.
        host.Bash($"jq -c 'del(.ids)' {container}/container.json > {container}/old; mv {container}/old {container}/container.json").Succeeded();
        Assert.Contains(" 7/8 ", host.Bash("$MINIRUN cp cp-owner:/made - | tar --numeric-owner -tvf -").Succeeded(), StringComparison.Ordinal);
        host.Run("start", "-a", "cp-owner").Succeeded();
        Assert.Equal(first, host.Bash($"jq -r .ids.uid {container}/container.json").Succeeded());
        host.Run("rm", "cp-owner").Succeeded();
    }

    private string Container(bool running, string name)
    {
        host.Run([running ? "run" : "create", .. running ? (string[])["-d"] : [], $"--name={name}", "busybox", "sleep", "1000"]).Succeeded();
        return host.NewFolder(name);
    }

    private void End(string name, string folder, HostSnapshot before)
    {
        host.Run("rm", "-f", name).Succeeded();
        Directory.Delete(folder, recursive: true);
        before.AssertUnchanged(host, name);
    }

    private string Files(string folder) => string.Join(' ', host.Bash($"cd {folder}; find . -type f | LC_ALL=C sort").Lines());
}
