using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Where a build's files come from: folders, archives, standard input, images and addresses.</summary>
[Collection(ContainerTests.Name)]
public sealed class BuildContextTests(ContainerHost host)
{
    private const string Dockerfile = "FROM busybox\nCOPY file /file\nCMD cat /file\n";

    [Theory]
    [InlineData("tar -C $CONTEXT -cf - . | $MINIRUN build -t archived -")]
    [InlineData("tar -C $CONTEXT -czf - . | $MINIRUN build -t archived -")]
    [InlineData("tar -C $CONTEXT -czf $CONTEXT.tgz . && $MINIRUN build -t archived $CONTEXT.tgz")]
    [InlineData("mkdir $CONTEXT/sub && mv $CONTEXT/Dockerfile $CONTEXT/sub/Other && tar -C $CONTEXT -cf - . | $MINIRUN build -t archived -f sub/Other -")]
    [InlineData("$MINIRUN build -t archived -f - $CONTEXT < $CONTEXT/Dockerfile")]
    [InlineData("cd $CONTEXT && mv Dockerfile ../other.file && $MINIRUN build -t archived -f ../other.file .")]
    public void A_context_is_a_folder_or_an_archive(string script)
    {
        string folder = Folder(Dockerfile);
        string contents = Guid.NewGuid().ToString();
        File.WriteAllText($"{folder}/file", contents);
        host.Bash($"CONTEXT={folder}\n{script}").Succeeded();
        Assert.Equal(contents, host.Run("run", "--rm", "archived").Succeeded());
    }

    [Fact]
    public void A_Dockerfile_alone_has_no_files()
    {
        host.Bash("echo 'FROM busybox' | $MINIRUN build -t lonely -").Succeeded();
        Assert.Contains("Dockerfile:2: \"file\": not found in the build context", host.Bash("printf 'FROM busybox\\nCOPY file /\\n' | $MINIRUN build -").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Dockerfiles_own_ignore_file_goes_first()
    {
        string folder = Folder("FROM busybox\nCOPY . /all\nCMD ls /all\n");
        File.WriteAllText($"{folder}/one", "");
        File.WriteAllText($"{folder}/two", "");
        File.WriteAllText($"{folder}/.dockerignore", "one\nDocker*\n.*\n");
        host.Run("build", "-t", "ignoring", folder).Succeeded();
        Assert.Equal(["two"], host.Run("run", "--rm", "ignoring").Lines());
        File.WriteAllText($"{folder}/Dockerfile.dockerignore", "two\nDocker*\n.*\n");
        host.Run("build", "-t", "ignoring", folder).Succeeded();
        Assert.Equal(["one"], host.Run("run", "--rm", "ignoring").Lines());
    }

    [Fact]
    public void An_address_is_fetched_and_not_unpacked()
    {
        string folder = Folder("");
        host.Bash($"cd {folder}; mkdir served; echo served > served/file.txt; tar -czf served/archive.tar.gz Dockerfile").Succeeded();
        using RunningProgram server = host.StartWith([], "busybox", "httpd", "-f", "-p", "127.0.0.1:18473", "-h", $"{folder}/served");
        File.WriteAllText($"{folder}/Dockerfile", "FROM busybox\nADD http://127.0.0.1:18473/file.txt /named\nADD http://127.0.0.1:18473/archive.tar.gz http://127.0.0.1:18473/file.txt /into/\nCMD cat /named; ls /into; stat -c %a /named\n");
        ProgramResult? built = null;
        Eventually.True(() => (built = host.Run("build", "-t", "fetched", folder)).Status == 0, () => built!.Error);
        Assert.Equal(["served", "archive.tar.gz", "file.txt", "600"], host.Run("run", "--rm", "fetched").Lines());
        File.WriteAllText($"{folder}/Dockerfile", "FROM busybox\nADD http://127.0.0.1:18473/none /x\n");
        Assert.Contains("Dockerfile:2: ADD http://127.0.0.1:18473/none: the server answered 404", host.Run("build", folder).Error, StringComparison.Ordinal);
        Kernel.Kill(server.Pid, Kernel.SIGKILL);
        server.Wait();
    }

    [Theory]
    [InlineData("COPY none /x", "\"none\": not found in the build context")]
    [InlineData("COPY *.c /x", "\"*.c\": not found in the build context")]
    [InlineData("COPY [ /x", "syntax error in pattern: [")]
    [InlineData("COPY file Dockerfile /x", "must be a directory and end with a /")]
    [InlineData("COPY --from=none /x /y", "Unable to find image 'none:latest'")]
    [InlineData("COPY --chown=nobody-of-that-name file /x", "unable to find user 'nobody-of-that-name'")]
    [InlineData("COPY --chmod=rwx file /x", "give an octal number")]
    [InlineData("COPY . /etc/passwd", "etc/passwd")]
    [InlineData("COPY file /etc/passwd/x", "Not a directory")]
    [InlineData("WORKDIR /etc/passwd", "Not a directory")]
    [InlineData("USER 4294967296", "4294967296 is no user or group id")]
    public void What_cannot_be_done_is_told_with_its_line(string instruction, string message)
    {
        string folder = Folder($"FROM busybox\n{instruction}\n");
        File.WriteAllText($"{folder}/file", "");
        ProgramResult result = host.Run("build", folder);
        Assert.Equal(1, result.Status);
        Assert.Contains("Dockerfile:2: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    private string Folder(string dockerfile)
    {
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/Dockerfile", dockerfile);
        return folder;
    }
}
