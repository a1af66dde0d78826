using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 30 to 34: contexts, images and Dockerfiles that lead a build to files of the host.</summary>
[Collection(AttackTests.Name)]
public sealed class BuildPathTests(ContainerHost host)
{
    [Theory]
    [InlineData("link to the file", "ln -s $TARGET context/in", "COPY in /stolen")]
    [InlineData("link that climbs", "ln -s ../../../../../../../../..$TARGET context/in", "COPY in /stolen")]
    [InlineData("link to the host's root", "ln -s / context/root", "COPY root$TARGET /stolen")]
    [InlineData("names that climb", "true", "COPY ../../../../../../../../..$TARGET /stolen")]
    [InlineData("absolute name", "true", "COPY $TARGET /stolen")]
    [InlineData("pattern through a link", "ln -s / context/root", "COPY root/minirun-canary-* /stolen/")]
    [InlineData("ADD through a link", "ln -s $TARGET context/in", "ADD in /stolen")]
    [InlineData("proc's own link", "ln -s /proc/self/root$TARGET context/in", "COPY in /stolen")]
    public void A_context_does_not_reach_the_hosts_files(string attack, string prepare, string instruction)
    {
        using Canaries canaries = new(host);
        string folder = Context($"FROM busybox\n{instruction.Replace("$TARGET", canaries.AtRoot, StringComparison.Ordinal)}\n");
        host.Bash($"cd {Path.GetDirectoryName(folder)}; TARGET={canaries.AtRoot}\n{prepare.Replace("context/", $"{folder}/", StringComparison.Ordinal)}").Succeeded();
        ProgramResult result = host.Run("build", "--no-cache", folder);

        Assert.True(result.Status == 1, $"{attack}: {result}");
        Assert.Contains("not found in the build context", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Dockerfile_that_is_a_link_out_of_the_context_is_not_read()
    {
        using Canaries canaries = new(host);
        string folder = Context("");
        File.Delete($"{folder}/Dockerfile");
        File.CreateSymbolicLink($"{folder}/Dockerfile", canaries.AtRoot);
        ProgramResult result = host.Run("build", folder);

        Assert.Equal(1, result.Status);
        Assert.DoesNotContain(canaries.Marker, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_in_a_copied_folder_stay_links()
    {
        using Canaries canaries = new(host);
        string folder = Context("FROM busybox\nCOPY tree /tree\nCMD readlink /tree/file; readlink /tree/root; cat /tree/file\n");
        Directory.CreateDirectory($"{folder}/tree");
        File.CreateSymbolicLink($"{folder}/tree/file", canaries.AtRoot);
        File.CreateSymbolicLink($"{folder}/tree/root", "/");
        host.Run("build", "-t", "links", folder).Succeeded();
        ProgramResult result = host.Run("run", "--rm", "links");

        Assert.Equal($"{canaries.AtRoot}\n/\n", result.Output);
        Assert.Equal(1, result.Status);
    }

    [Theory]
    [InlineData("COPY file /way/planted")]
    [InlineData("COPY file /climb/planted")]
    [InlineData("COPY . /way/planted/")]
    [InlineData("ADD archive.tar /way/planted")]
    [InlineData("WORKDIR /way/planted/deep")]
    [InlineData("WORKDIR /climb/planted")]
    [InlineData("COPY --from=stage /etc /way/planted/")]
    [InlineData("RUN mkdir -p /way/planted")]
    public void A_destination_behind_an_images_link_is_inside_the_image(string instruction)
    {
        using Canaries canaries = new(host);
        string outside = host.NewFolder();
        string folder = Context($"FROM busybox AS stage\nFROM busybox\nRUN ln -s {outside} /way && ln -s ../../../../../../../..{outside} /climb\n{instruction}\n");
        host.Bash($"cd {folder}; echo x > file; tar -cf archive.tar file").Succeeded();
        host.Run("build", "--no-cache", folder);

        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Theory]
    [InlineData("COPY", "way/planted")]
    [InlineData("COPY", "'way/planted'")]
    [InlineData("ADD", "climb/planted")]
    [InlineData("COPY", "way/there")]
    public void A_here_documents_name_leads_through_no_link_of_the_image(string instruction, string name)
    {
        using Canaries canaries = new(host);
        string outside = host.NewFolder();
        File.WriteAllText($"{outside}/there", "mine");
        string folder = Context($"FROM busybox\nRUN ln -s {outside} /way && ln -s ../../../../../../../..{outside} /climb\n{instruction} <<{name} /\nplanted\n{name.Trim('\'')}\n");
        ProgramResult result = host.Run("build", "--no-cache", folder);

        Assert.Equal(1, result.Status);
        Assert.Contains("Dockerfile:3: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("there", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(outside))));
        Assert.Equal("mine", File.ReadAllText($"{outside}/there"));
    }

    [Theory]
    [InlineData("../planted")]
    [InlineData("/planted")]
    [InlineData("link/planted")]
    public void An_added_archive_writes_below_its_destination_only(string name)
    {
        using Canaries canaries = new(host);
        string outside = host.NewFolder();
        string folder = Context("FROM busybox\nADD archive.tar /a/b/\nCMD ls /\n");
        host.Bash($"cd {folder}; mkdir in; echo x > in/planted; ln -s {outside} in/link; tar -C in -cf archive.tar link; tar -C in -rPf archive.tar --transform 's,^planted$,{name},' planted; rm -r in").Succeeded();
        ProgramResult result = host.Run("build", "--no-cache", "-t", "added", folder);

        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.False(File.Exists("/planted"));
        Assert.True(result.Status == 1 || !host.Run("run", "--rm", "added").Output.Contains("planted", StringComparison.Ordinal), result.ToString());
    }

    [Theory]
    [InlineData("type=bind,source=/,target=/host")]
    [InlineData("type=cache,id=../../x,target=/cache")]
    [InlineData("type=secret,id=x")]
    public void Mounts_of_builds_are_refused(string mount)
    {
        string folder = Context($"FROM busybox\nRUN --mount={mount} true\n");
        ProgramResult result = host.Run("build", folder);

        Assert.Equal(1, result.Status);
        Assert.Contains("Dockerfile:2: RUN --mount is not supported", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RUN --network=host cat /proc/net/route; false")]
    [InlineData("ONBUILD RUN --network=host cat /proc/net/route; false\nFROM stage")]
    public void A_build_without_network_has_none_whatever_its_Dockerfile_says(string instructions)
    {
        string first = instructions.StartsWith("ONBUILD", StringComparison.Ordinal) ? "FROM busybox AS stage" : "FROM busybox";
        ProgramResult result = host.Run("build", "--no-cache", "--network", "none", Context($"{first}\n{instructions}\n"));

        Assert.Equal(1, result.Status);
        Assert.Contains("RUN --network=host asks for the host's network, and this build has none", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Destination", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4294967296")]
    [InlineData("99999999999")]
    [InlineData("18446744073709551616")]
    [InlineData("1:4294967296")]
    public void A_user_that_is_no_users_number_is_nobody_and_least_of_all_root(string user)
    {
        ProgramResult written = host.Run("build", Context($"FROM busybox\nUSER {user}\nRUN id\n"));
        ProgramResult copied = host.Run("build", Context($"FROM busybox\nCOPY --chown={user} Dockerfile /\n"));
        ProgramResult expanded = host.Run("build", "--build-arg", $"U={user}", Context("FROM busybox\nARG U\nUSER $U\nRUN id\n"));

        Assert.All([written, copied, expanded], result => Assert.Equal(1, result.Status));
        Assert.All([written, copied, expanded], result => Assert.DoesNotContain("uid=0", result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void Labels_steer_nothing_on_the_host()
    {
        using Canaries canaries = new(host);
        string folder = Context("""
            FROM busybox
            LABEL io.podman.annotations.privileged=TRUE run.oci.handler=krun INSTALL="touch /planted" RUN="touch /planted" \
                  io.podman.annotations.autoremove=TRUE io.kubernetes.cri-o.Devices=/dev/sda org.opencontainers.image.ref.name=docker.io/library/busybox:latest
            CMD grep CapEff /proc/self/status; ls /dev
            """);
        host.Run("build", "-t", "labelled", folder).Succeeded();

        Assert.Equal(host.Run("run", "--rm", "busybox", "sh", "-c", "grep CapEff /proc/self/status; ls /dev").Succeeded(), host.Run("run", "--rm", "labelled").Succeeded());
        Assert.False(File.Exists("/planted"));
    }

    private string Context(string dockerfile)
    {
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/Dockerfile", dockerfile);
        return folder;
    }
}
