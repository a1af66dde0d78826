using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>The plan shown: before, by explain, and during, by --trace.</summary>
[Collection(ContainerTests.Name)]
public sealed class PlanTests(ContainerHost host)
{
    [Fact]
    public void Explain_shows_the_steps_runs_nothing_and_needs_no_root()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        // World-readable copies: the tests' folders are root's alone.
        string folder = host.NewFolder();
        string plan = host.Bash($"""
            chmod 755 {host.Folder} {host.Scratch} {folder} {host.Data} {host.Data}/samples
            cp "$MINIRUN" {folder}/minirun
            setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all \
              env XDG_RUNTIME_DIR= {folder}/minirun explain run --cap-drop=ALL --read-only busybox touch /made
            """).Succeeded();
        Directory.Delete(folder, recursive: true);

        foreach (string part in (string[])["pivot_root", "--cap-drop", "--read-only", "execve"])
        {
            Assert.Contains(part, plan, StringComparison.Ordinal);
        }

        before.AssertUnchanged(host, "explain");
    }

    [Fact]
    public void Explain_speaks_json_too()
    {
        using JsonDocument plan = JsonDocument.Parse(host.Run("explain", "--format", "json", "run", "--hostname=boxed", "busybox", "true").Succeeded());
        Assert.Contains("boxed", plan.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_tells_every_step_with_its_time_and_leaves_the_programs_output_alone()
    {
        ProgramResult traced = host.Run("run", "--rm", "--trace", "--hostname=boxed", "busybox", "hostname");

        Assert.Equal("boxed", traced.Succeeded());
        Assert.Contains("pivot_root", traced.Error, StringComparison.Ordinal);
        Assert.Contains("sethostname", traced.Error, StringComparison.Ordinal);
        Assert.Matches(@"[0-9.]+ (µs|us)", traced.Error);
    }

    [Fact]
    public void Trace_tells_the_step_that_failed_with_its_error()
    {
        ProgramResult traced = host.Run("run", "--rm", "--trace", "busybox", "nosuch");

        Assert.Equal(127, traced.Status);
        Assert.Matches(@"find ""nosuch"" in PATH .*ENOENT", traced.Error);
    }
}
