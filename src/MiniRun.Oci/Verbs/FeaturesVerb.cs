using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;

namespace MiniRun.Oci.Verbs;

internal static class FeaturesVerb
{
    public static int Run(Invocation invocation)
    {
        StandardStream.Out(FeaturesText.Json());
        return 0;
    }
}
