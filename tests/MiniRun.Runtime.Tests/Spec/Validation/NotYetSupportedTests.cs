using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

/// <summary>What is read and not carried out yet is refused by name, never left out silently.</summary>
public sealed class NotYetSupportedTests
{
    private static void Refused(string field, IReadOnlyList<string> problems) => Assert.Equal([$"not supported yet: {field}"], problems);

    [Fact]
    public void Rare_sections_of_linux()
    {
        Refused("linux.intelRdt", Problems.OfLinux(linux => linux with { IntelRdt = new IntelRdtSpec() }));
    }
}
