namespace MiniRun.Oci;

internal static class Program
{
    private static int Main(string[] arguments) => OciProgram.Run(arguments);
}
