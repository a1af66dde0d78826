namespace MiniRun.Integration.Tests.Harness;

/// <summary>A terminal's window with a shell in it, as a person has it: a tmux server of one's own. Gone with the object.</summary>
public sealed class TerminalWindow : IDisposable
{
    private readonly ContainerHost host;
    private readonly string folder;

    public TerminalWindow(ContainerHost host, int columns, int rows)
    {
        this.host = host;
        folder = host.NewFolder("tmux");
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", "env", "PS1=outside# ", "bash", "--norc");
        Tmux("set-option", "-g", "status", "off");
        Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");
        WaitForShell();
    }

    /// <summary>What is to be seen, without blanks at the lines' ends.</summary>
    public string Screen => Tmux("capture-pane", "-p", "-S", "-200");

    /// <summary>Types a line.</summary>
    public void Type(string line)
    {
        Tmux("send-keys", "-l", line);
        Keys("Enter");
    }

    /// <summary>Presses keys by tmux's names: "C-c".</summary>
    public void Keys(params string[] keys) => Tmux(["send-keys", .. keys]);

    public void Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Waits until a line of the screen is this text.</summary>
    public void WaitForLine(string line) =>
        Eventually.True(() => Screen.Split('\n').Any(seen => seen.TrimEnd() == line), () => $"no line '{line}' on the screen:\n{Screen}");

    /// <summary>Waits until the shell outside containers asks for a line: what is typed before belongs to the container.</summary>
    public void WaitForShell() => WaitForPrompt("outside#");

    /// <summary>Waits until a shell asks for a line with these words.</summary>
    public void WaitForPrompt(string prompt) =>
        Eventually.True(() => Screen.TrimEnd().Split('\n')[^1].TrimEnd() == prompt, () => $"the shell does not ask for a line:\n{Screen}");

    public void Dispose()
    {
        Tmux("kill-server");
        // The socket goes when the server does.
        Eventually.Within(TimeSpan.FromSeconds(3), () => !Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any());
        Directory.Delete(folder, recursive: true);
    }

    private string Tmux(params string[] arguments)
    {
        using RunningProgram program = host.StartWith([new("TMUX_TMPDIR", folder), new("TERM", "xterm"), new("LC_ALL", "C.UTF-8")], "tmux", arguments);
        return program.Wait().Succeeded();
    }
}
