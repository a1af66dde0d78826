using System.Diagnostics;
using System.Globalization;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Bad input gets one line and leaves nothing.</summary>
[Collection(ContainerTests.Name)]
public sealed class BadInputTests(ContainerHost host)
{
    [Theory]
    [InlineData("--no-such-flag", "--no-such-flag", "busybox", "true")]
    [InlineData("no-such-image", "--pull=never", "no-such-image", "true")]
    [InlineData("no-such-user", "--user=no-such-user", "busybox", "true")]
    [InlineData("4294967296", "--user=4294967296", "busybox", "true")]
    [InlineData("NO_SUCH", "--cap-add=NO_SUCH", "busybox", "true")]
    [InlineData("NO_SUCH", "--cap-drop=CAP_NO_SUCH", "busybox", "true")]
    [InlineData("../escape", "--name=../escape", "busybox", "true")]
    [InlineData("nofile", "--ulimit=nofile=many", "busybox", "true")]
    [InlineData("64x", "-m", "64x", "busybox", "true")]
    [InlineData("kernel.shmmax", "--ipc=host", "--sysctl=kernel.shmmax=1", "busybox", "true")]
    [InlineData("/no/such/profile", "--security-opt=seccomp=/no/such/profile", "busybox", "true")]
    [InlineData("/dev/no-such", "--device=/dev/no-such", "busybox", "true")]
    public void One_line_names_what_is_wrong_with_a_command(string named, params string[] arguments)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        host.Run(["run", "--rm", .. arguments]).FailedInOneLine(125, named);
        before.AssertUnchanged(host, string.Join(' ', arguments));
    }

    [Fact]
    public void A_data_root_that_others_could_fill_is_refused()
    {
        string folder = host.NewFolder();
        KeyValuePair<string, string>[] there = [new("MINIRUN_DATA", folder)];
        host.Bash($"cp -r {host.Data}/samples {folder}/; chmod 777 {folder}").Succeeded();
        Run().FailedInOneLine(125, folder, "others than this user can write there", "--data-root");
        host.Bash($"chmod 755 {folder}; chown 1234 {folder}").Succeeded();
        Run().FailedInOneLine(125, folder, "belongs to user 1234", "--data-root");
        using (RunningProgram explain = host.StartWith(there, host.Minirun, "explain", "run", "busybox", "true"))
        {
            explain.Wait().Succeeded(); // which trusts nothing there
        }

        host.Bash($"chown 0 {folder}").Succeeded();
        Run().Succeeded();
        Directory.Delete(folder, recursive: true);

        ProgramResult Run()
        {
            using RunningProgram program = host.StartWith(there, host.Minirun, "run", "--rm", "busybox", "true");
            return program.Wait();
        }
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"ociVersion": 5}""")]
    [InlineData("""{"ociVersion": "1.0.0", "ociVersion": "1.0.1", "process": {"cwd": "/", "args": ["true"]}, "root": {"path": "rootfs"}}""")]
    [InlineData("""{"ociVersion": "1.0.0", "process": {"cwd": "relative", "args": []}, "root": {"path": "rootfs"}}""")]
    [InlineData("""{"ociVersion": "1.0.0", "process": {"cwd": "/", "args": ["true"], "user": {"uid": -1, "gid": 1e99}}, "root": {"path": "rootfs"}}""")]
    [InlineData("""{"ociVersion": "1.0.0", "process": "none", "root": 7, "linux": [], "mounts": {}}""")]
    public void A_malformed_config_is_refused_and_leaves_nothing(string config)
    {
        string bundle = Bundle(config);
        HostSnapshot before = HostSnapshot.Take(host);
        ProgramResult result = RunBundle(bundle);

        Assert.Equal(1, result.Status);
        Assert.NotEqual("", result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        before.AssertUnchanged(host, "a malformed config.json");
    }

    [Fact]
    public void A_config_nested_a_million_deep_is_refused_in_bounded_time()
    {
        long started = Stopwatch.GetTimestamp();
        ProgramResult result = RunBundle(Bundle($$"""{"ociVersion": "1.0.0", "annotations": {{new string('[', 1_000_000)}}"""));
        Assert.Equal(1, result.Status);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_config_of_100_megabytes_is_refused_in_bounded_time_and_memory()
    {
        string bundle = Bundle("""{"ociVersion": "1.0.0", "annotations": {"a": " """);
        using (FileStream file = new(Path.Combine(bundle, "config.json"), FileMode.Append))
        {
            byte[] block = new byte[1_000_000];
            Array.Fill(block, (byte)'x');
            for (int megabyte = 0; megabyte < 100; megabyte++)
            {
                file.Write(block);
            }
        }

        long started = Stopwatch.GetTimestamp();
        long peak = 0;
        using RunningProgram program = host.StartWith([], host.MinirunOci, "--root", host.NewFolder(), "run", "--bundle", bundle, "large");
        while (!program.HasExited)
        {
            peak = Math.Max(peak, PeakKilobytes(program.Pid));
        }

        Assert.Equal(1, program.Wait().Status);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.True(peak < 64 * 1024, $"peak {peak} KiB");
    }

    [Fact]
    public void A_user_without_root_and_without_namespaces_is_told_what_is_missing()
    {
        string folder = host.NewFolder();
        ProgramResult result = host.Bash($"""
            chmod 755 {host.Folder} {host.Scratch} {folder} {host.Data} {host.Data}/samples
            cp "$MINIRUN" {folder}/minirun
            mkdir -m 777 {folder}/home
            mkdir -p {folder}/root {folder}/home/data/samples
            cp -a {host.Sample} {folder}/home/data/samples/
            chown -R 65534:65534 {folder}/home/data
            # The kernel gives nobody in a changed root a user namespace.
            unshare --mount bash -euc '
              mount --rbind / {folder}/root
              exec chroot {folder}/root setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all \
                env MINIRUN_STATE={folder}/home/state MINIRUN_DATA={folder}/home/data {folder}/minirun run --rm busybox true'
            """);
        result.FailedInOneLine(125, "user namespace");
    }

    private static long PeakKilobytes(int pid)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[6..^3].Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private string Bundle(string config)
    {
        string bundle = host.NewFolder();
        Directory.CreateDirectory(Path.Combine(bundle, "rootfs"));
        File.WriteAllText(Path.Combine(bundle, "config.json"), config);
        return bundle;
    }

    private ProgramResult RunBundle(string bundle)
    {
        return host.Program(host.MinirunOci, "--root", host.State, "run", "--bundle", bundle, "malformed");
    }
}
