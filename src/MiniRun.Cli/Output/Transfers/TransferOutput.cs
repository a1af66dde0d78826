using MiniRun.Linux.Interop;
using Tty = MiniRun.Linux.Files.Terminal;

namespace MiniRun.Cli.Output.Transfers;

/// <summary>Chooses how a transfer is shown: bars on a terminal, lines elsewhere, nothing with -q.</summary>
internal static class TransferOutput
{
    /// <summary>On standard output, where pull and push write.</summary>
    internal static ITransferOutput OnOutput(Terminal terminal, bool quiet) => On(1, terminal.Out, quiet);

    /// <summary>On standard error, where run and build write what is not the program's own.</summary>
    internal static ITransferOutput OnError(Terminal terminal) => On(2, terminal.Error, quiet: false);

    private static ITransferOutput On(int number, TextWriter writer, bool quiet)
    {
        FileDescriptor descriptor = FileDescriptor.Borrow(number);
        bool canRedraw = Tty.Is(descriptor) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        bool isColored = Colors.AreWanted(Environment.GetEnvironmentVariable);
        return quiet ? new QuietTransfers()
            : canRedraw ? new TransferBars(text => Put(writer, text), () => Tty.Size(descriptor), isColored, TimeProvider.System)
            : new TransferLines(writer);
    }

    private static void Put(TextWriter writer, string text)
    {
        writer.Write(text);
        writer.Flush();
    }
}
