using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>`minirun build`: what is built, what is said of it, and what is left where it fails.</summary>
[Collection(ContainerTests.Name)]
public sealed class BuildTests(ContainerHost host)
{
    [Fact]
    public void The_seeds_image_runs_as_its_user()
    {
        Build("FROM busybox\nUSER 1000\n", "-t", "my-busybox-image").Succeeded();
        Assert.Equal("1000", host.Run("run", "--rm", "my-busybox-image", "id", "-u").Succeeded());
    }

    [Fact]
    public void Here_documents_are_scripts_and_files()
    {
        Build("""
            FROM busybox
            ENV who=world
            RUN <<EOF
            echo "hello $who" > /one
            echo second >> /one
            EOF
            RUN <<SCRIPT
            #!/bin/sh -e
            echo "$0" > /two
            SCRIPT
            RUN cat <<A - <<-'B' > /three
            a $who
            A
            	b $who
            	B
            COPY <<file <<"literal" /files/
            to $who
            file
            to $who
            literal
            CMD cat /one /two /three /files/file /files/literal
            """, "-t", "heredocs").Succeeded();
        Assert.Equal(["hello world", "second", "/dev/pipes/SCRIPT", "b $who", "to world", "to $who"], host.Run("run", "--rm", "heredocs").Lines());
    }

    [Fact]
    public void A_program_that_fails_is_told_with_its_line_and_nothing_is_left()
    {
        Build("FROM busybox\nRUN true\n").Succeeded();
        string folder = Folder("FROM busybox\nRUN echo before && \\\n  exit 3\n");
        HostSnapshot before = HostSnapshot.Take(host);
        ProgramResult result = host.Run("build", folder);
        Assert.Equal(1, result.Status);
        Assert.Contains("Dockerfile:2: process \"/bin/sh -c echo before &&   exit 3\" did not complete successfully: exit code: 3", result.Error, StringComparison.Ordinal);
        Assert.Contains("\n    RUN echo before && \\\n    ^^^\n", result.Error, StringComparison.Ordinal);
        before.AssertUnchanged(host, "a build that failed");
    }

    [Fact]
    public void A_build_that_is_interrupted_leaves_nothing()
    {
        Build("FROM busybox\nRUN true\n").Succeeded();
        string folder = Folder("FROM busybox\nRUN echo started && sleep 1000\n");
        HostSnapshot before = HostSnapshot.Take(host);
        using (RunningProgram build = host.Start("build", folder))
        {
            HostProcess.FirstOfContainer("sleep"); // the shell becomes its last command
            Kernel.Kill(build.Pid, Kernel.SIGINT);
            ProgramResult result = build.Wait();
            Assert.Equal(130, result.Status);
            Assert.Contains("the build was interrupted", result.Error, StringComparison.Ordinal);
        }

        before.AssertUnchanged(host, "a build that was interrupted");
    }

    [Fact]
    public void A_second_build_takes_every_layer_from_the_first()
    {
        string folder = Folder("FROM busybox\nCOPY file /file\nRUN cat /proc/sys/kernel/random/uuid > /random\n");
        File.WriteAllText($"{folder}/file", "contents");
        string first = host.Run("build", "-q", folder).Succeeded();
        File.SetLastWriteTimeUtc($"{folder}/file", DateTime.UnixEpoch);
        Assert.Equal(first, host.Run("build", "-q", folder).Succeeded());
        Assert.NotEqual(first, host.Run("build", "-q", "--no-cache", folder).Succeeded());
        File.WriteAllText($"{folder}/file", "changed");
        ProgramResult changed = host.Run("build", folder);
        changed.Succeeded();
        Assert.DoesNotContain("CACHED", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_source_date_the_same_build_gives_the_same_image()
    {
        string folder = Folder("FROM scratch\nCOPY file /dir/file\nWORKDIR /made\n");
        File.WriteAllText($"{folder}/file", "contents");
        string first = host.Run("build", "-q", "--no-cache", "--build-arg", "SOURCE_DATE_EPOCH=1000000000", folder).Succeeded();
        File.SetLastWriteTimeUtc($"{folder}/file", DateTime.UtcNow.AddDays(1));
        Assert.Equal(first, host.Run("build", "-q", "--no-cache", "--build-arg", "SOURCE_DATE_EPOCH=1000000000", folder).Succeeded());
    }

    [Fact]
    public void Only_the_stages_that_the_target_needs_are_built()
    {
        string folder = Folder("FROM busybox AS one\nRUN echo one > /f\nFROM busybox AS broken\nRUN false\nFROM busybox AS three\nCOPY --from=one /f /g\nCMD cat /g\n");
        host.Run("build", "-t", "target", "--target", "three", folder).Succeeded();
        Assert.Equal("one", host.Run("run", "--rm", "target").Succeeded());
        Assert.Equal(1, host.Run("build", "--target", "broken", folder).Status);
        Assert.Contains("target stage \"none\" could not be found", host.Run("build", "--target", "none", folder).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Triggers_run_in_the_build_on_top_and_not_in_the_one_after()
    {
        Build("FROM busybox\nONBUILD RUN echo triggered >> /trigger\nONBUILD COPY file /by-trigger\n", "-t", "with-trigger").Succeeded();
        string folder = Folder("FROM with-trigger\nRUN cat /trigger > /seen\n");
        File.WriteAllText($"{folder}/file", "x");
        host.Run("build", "-t", "triggered", folder).Succeeded();
        Build("FROM triggered\nCMD cat /trigger /seen\n", "-t", "after-trigger").Succeeded();
        Assert.Equal(["triggered", "triggered"], host.Run("run", "--rm", "after-trigger").Lines());
        Assert.Contains("ONBUILD of with-trigger:1: ", Build("FROM with-trigger\n").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_is_the_hosts_or_none()
    {
        const string Script = "FROM busybox\nRUN ls /sys/class/net | wc -l > /count; cat /count\nRUN --network=none ls /sys/class/net\nCMD cat /count\n";
        ProgramResult shared = Build(Script, "--no-cache", "-t", "networked");
        shared.Succeeded();
        Assert.Contains("use the host's network", shared.Error, StringComparison.Ordinal);
        ProgramResult none = Build(Script, "--no-cache", "--network", "none", "-t", "alone");
        none.Succeeded();
        Assert.DoesNotContain("host's network", none.Error, StringComparison.Ordinal);
        Assert.Equal("1", host.Run("run", "--rm", "alone").Succeeded());
    }

    [Fact]
    public void Proxies_are_seen_by_programs_and_leave_no_trace()
    {
        string folder = Folder("FROM busybox\nRUN echo $https_proxy > /proxy\nCMD cat /proxy; echo [$https_proxy]\n");
        host.Run("build", "-t", "proxied", "--build-arg", "https_proxy=http://user:secret@proxy:1", folder).Succeeded();
        Assert.Equal(["http://user:secret@proxy:1", "[]"], host.Run("run", "--rm", "proxied").Lines());
        Assert.DoesNotContain("secret", host.Run("history", "--no-trunc", "proxied").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_ids_and_labels_are_given_as_asked_for()
    {
        string folder = Folder("FROM busybox\nLABEL a=1 b=2\n");
        string file = $"{folder}/id";
        ProgramResult result = host.Run("build", "-q", "--iidfile", file, "-t", "named:one", "-t", "named:two", "--label", "b=3", folder);
        string id = result.Succeeded();
        Assert.Matches("^sha256:[0-9a-f]{64}$", id);
        Assert.Equal(id, File.ReadAllText(file));
        Assert.Equal("", result.Error);
        Assert.Contains(id, host.Run("inspect", "named:one").Succeeded(), StringComparison.Ordinal);
        Assert.Contains(id, host.Run("inspect", "named:two").Succeeded(), StringComparison.Ordinal);
        Assert.Contains("\"b\": \"3\"", host.Run("inspect", "named:one").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_argument_that_nothing_asks_for_is_told() =>
        Assert.Contains("one or more build args [TYPO] were not consumed", Build("FROM busybox\n", "--build-arg", "TYPO=1").Error, StringComparison.Ordinal);

    [Fact]
    public void With_q_a_programs_output_is_shown_only_where_it_fails()
    {
        Assert.Equal("", Build("FROM busybox\nRUN echo noise\n", "-q", "--no-cache").Error);
        Assert.Contains("it wrote: the reason", Build("FROM busybox\nRUN echo the reason; false\n", "-q").Error, StringComparison.Ordinal);
    }

    private ProgramResult Build(string dockerfile, params string[] options) => host.Run(["build", .. options, Folder(dockerfile)]);

    private string Folder(string dockerfile)
    {
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/Dockerfile", dockerfile);
        return folder;
    }
}
