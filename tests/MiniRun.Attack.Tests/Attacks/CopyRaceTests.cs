using System.Globalization;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>
/// Row 23, CVE-2018-15664 and CVE-2026-42306: while files are copied, a process inside exchanges folders with links to folders of the
/// host's, and files with links, FIFOs and folders; in the container's root, and in a volume.
/// </summary>
[Collection(AttackTests.Name)]
public sealed class CopyRaceTests(ContainerHost host)
{
    private const int Copies = 1000;
    private const int Batch = 100;
    private const string Inside = "of the container";

    [Theory]
    [InlineData("/data")]
    [InlineData("/volume")]
    public void What_is_copied_out_is_never_the_hosts(string place)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = Swapping(place, canaries);
        using RunningProgram swapping = container.StartReady();
        List<string> outputs = Out(container, place, without: "", Copies);
        AssertSwapped(container);
        container.Kill();

        Assert.InRange(outputs.Count, Copies, int.MaxValue);
        Assert.DoesNotContain(outputs, output => output.Contains(canaries.Marker, StringComparison.Ordinal));
        Assert.Contains(outputs, static output => output.Contains(Inside, StringComparison.Ordinal));
        AssertBothWaysTaken(outputs);
        AssertUntouched(container, canaries);
    }

    [Theory]
    [InlineData("/data")]
    [InlineData("/volume")]
    public void What_is_copied_in_never_lands_on_the_host(string place)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = Swapping(place, canaries);
        using RunningProgram swapping = container.StartReady();
        List<string> outputs = In(container, place, without: "", Copies, enough: static () => false);
        AssertSwapped(container);
        container.Kill();

        Assert.InRange(outputs.Count, Copies, int.MaxValue);
        AssertBothWaysTaken(outputs);
        AssertUntouched(container, canaries);
    }

    [Fact]
    public void Proof_paths_that_the_kernel_resolves_from_the_hosts_root_are_copied_out_of_the_host()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = Swapping("/data", canaries);
        using RunningProgram swapping = container.StartReady();

        Assert.Contains(Out(container, "/data", without: "rooted-paths", Copies), output => output.Contains(canaries.Marker, StringComparison.Ordinal));
        container.Kill();
    }

    [Fact]
    public void Proof_and_are_copied_into_it()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = Swapping("/data", canaries);
        using RunningProgram swapping = container.StartReady();
        In(container, "/data", without: "rooted-paths", Copies, () => File.Exists($"{container.Folder}/outside/new"));
        container.Kill();

        Assert.True(File.Exists($"{container.Folder}/outside/new"));
    }

    /// <summary>A container in which folder and link, file and link, file and FIFO, folder and link in a tree change places.</summary>
    private AttackedContainer Swapping(string place, Canaries canaries)
    {
        AttackedContainer container = new(host, AttackedContainer.Run, "", $"copy{place[1..]}");
        string folder = container.Folder;
        host.Bash($"""
            mkdir -p {folder}/outside {folder}/volume {folder}/from/tree/sub {folder}/out
            echo new > {folder}/from/new; echo new > {folder}/from/tree/sub/planted; mkfifo {folder}/from/tree/pipe
            """).Succeeded();
        File.WriteAllText($"{folder}/outside/file", canaries.Marker);
        container.Script = $"""
            mkdir -p {place}/tree/sub && cd {place} && mkdir dir files && echo {Inside} | tee dir/file tree/sub/file files/one > files/two
            ln -s {folder}/outside link; ln -s {folder}/outside tree/link; ln -s {folder}/outside/file files/link; mkfifo files/pipe
            exec /p/swap dir link files/one files/link files/two files/pipe tree/sub tree/link
            """;
        return container.Bind($"{folder}/volume", "/volume").WithProgram("swap");
    }

    /// <summary>Copies the swapped file and then everything out; what is a link afterwards is only named.</summary>
    private List<string> Out(AttackedContainer container, string place, string without, int times)
    {
        string folder = container.Folder;
        string[] from = [$"{container.Name}:{place}/dir/file", $"{container.Name}:{place}/files", $"{container.Name}:{place}/tree", $"{container.Name}:{place}/files/one"];
        string script = $"""
            "$0" cp "$1" {folder}/out/file && echo copied; case $((i % 4)) in 0) "$0" cp -a "$2" {folder}/out/;; 1) "$0" cp "$3" {folder}/out/;; 2) "$0" cp -L "$4" {folder}/out/followed; esac
            find {folder}/out -type f -exec cat {"{}"} +; find {folder}/out -mindepth 1 -delete
            """;
        return Repeat(container, script, without, times, from, static _ => false);
    }

    private List<string> In(AttackedContainer container, string place, string without, int times, Func<bool> enough)
    {
        string folder = container.Folder;
        string[] to = [$"{container.Name}:{place}/dir/new", $"{container.Name}:{place}/tree", $"{container.Name}:{place}/files/one"];
        string script = $"""
            "$0" cp {folder}/from/new "$1" && echo copied; case $((i % 4)) in 0) "$0" cp -a {folder}/from/tree/. "$2";; 1) "$0" cp {folder}/from/new "$3"; esac
            """;
        return Repeat(container, script, without, times, to, _ => enough());
    }

    private List<string> Repeat(AttackedContainer container, string script, string without, int times, string[] paths, Predicate<List<string>> enough)
    {
        List<string> outputs = [];
        while (outputs.Count < times && !enough(outputs))
        {
            string loop = $"exec 2>&1; for i in $(seq {Batch}); do echo '=== copy'; {script}\ndone < /dev/null";
            using RunningProgram program = host.StartWith([new("MINIRUN_WEAKEN", without)], "bash", ["-c", loop, without.Length > 0 ? host.MinirunWithFaults : host.Minirun, .. paths]);
            outputs.AddRange(program.Wait().Output.Split("=== copy\n")[1..]);
        }

        return outputs;
    }

    private void AssertSwapped(AttackedContainer container) =>
        Assert.InRange(long.Parse(host.Run("exec", container.Name, "cat", "/swaps").Succeeded(), CultureInfo.InvariantCulture), Copies, long.MaxValue);

    private static void AssertUntouched(AttackedContainer container, Canaries canaries)
    {
        Assert.Equal([$"{container.Folder}/outside/file"], Directory.EnumerateFileSystemEntries($"{container.Folder}/outside"));
        Assert.Equal(canaries.Marker, File.ReadAllText($"{container.Folder}/outside/file"));
    }

    /// <summary>The first copy of each round goes through the folder, or fails at the link.</summary>
    private static void AssertBothWaysTaken(List<string> outputs)
    {
        int taken = outputs.Count(Copied);
        Assert.True(taken > outputs.Count / 50 && taken < outputs.Count * 49 / 50, $"{taken} of {outputs.Count} copies worked, for example not {outputs.FirstOrDefault(static output => !Copied(output))}");
    }

    private static bool Copied(string output) => output.Contains("copied\n", StringComparison.Ordinal);
}
