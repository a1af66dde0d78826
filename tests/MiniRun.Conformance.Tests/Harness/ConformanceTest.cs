using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace MiniRun.Conformance.Tests.Harness;

/// <summary>A test of one sentence of the specification, run against each runtime.</summary>
[Collection(ConformanceTests.Name)]
public abstract class ConformanceTest(ContainerHost host)
{
    protected ContainerHost Host => host;

    /// <summary>
    /// Runs the test against the runtime. One that is known to do something else must do exactly that, so that an entry
    /// that has become untrue shows. What the test made is gone afterwards.
    /// </summary>
    protected void On(string runtime, Action<OciRuntime> test, string value = "", [CallerMemberName] string name = "")
    {
        using OciRuntime oci = new(host, runtime);
        KnownDeviation? known = KnownDeviations.Find(runtime, name, value);
        if (known is null)
        {
            test(oci);
            return;
        }

        XunitException? failure = null;
        try
        {
            test(oci);
        }
        catch (XunitException found)
        {
            failure = found;
        }

        Assert.True(failure is not null, $"{runtime} does what the specification says: delete its entry in KnownDeviations for {name} {value}");
        Assert.Contains(known.Seen, failure.Message, StringComparison.Ordinal);
    }
}
