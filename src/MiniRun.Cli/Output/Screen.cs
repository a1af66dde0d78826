using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using Tty = MiniRun.Linux.Files.Terminal;

namespace MiniRun.Cli.Output;

/// <summary>A terminal whose whole content is drawn anew each time, without flicker: what stays the same is written over by itself.</summary>
internal sealed class Screen
{
    private const string Clear = "\e[2J";
    private const string Home = "\e[H";
    private const string LineEnd = "\e[K\n";
    private const string Below = "\e[J";

    private readonly TextWriter _output;
    private readonly Func<TerminalSize> _size;

    internal Screen(TextWriter output, Func<TerminalSize> size)
    {
        (_output, _size) = (output, size);
        output.Write(Clear);
    }

    /// <summary>Standard output; null where that is no terminal, or one without a cursor to move.</summary>
    internal static Screen? OnOutput(Terminal terminal)
    {
        FileDescriptor output = FileDescriptor.Borrow(1);
        return Tty.Is(output) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb") ? new Screen(terminal.Out, () => Tty.Size(output)) : null;
    }

    /// <summary>Shows a text from the first line on, as many of its lines as there is room for.</summary>
    internal void Show(string text)
    {
        int room = _size().Rows is > 1 and var rows ? rows - 1 : int.MaxValue;
        StringBuilder drawn = new(Home);
        foreach (string line in text.TrimEnd('\n').Split('\n').Take(room))
        {
            drawn.Append(line).Append(LineEnd);
        }

        _output.Write(drawn.Append(Below).ToString());
        _output.Flush();
    }
}
