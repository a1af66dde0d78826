namespace MiniRun.Oci;

internal static class Program
{
    private static int Main()
    {
        return 0;
    }
}
