using System.Diagnostics;
using System.Text;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>A real program, started with the tests' environment; its output is collected while it runs.</summary>
public sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly OrphanReaper reaper;
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    internal RunningProgram(OrphanReaper reaper, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Collect(output, line.Data);
        process.ErrorDataReceived += (_, line) => Collect(error, line.Data);
        this.reaper = reaper;
        reaper.Start(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => process.Id;

    public bool HasExited => process.HasExited;

    public StreamWriter Input => process.StandardInput;

    public string Output => Text(output);

    public string Error => Text(error);

    /// <summary>Waits until the program has ended; one that does not within a minute, or as long as is said, is killed and fails the test.</summary>
    public ProgramResult Wait(TimeSpan? patience = null)
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(patience ?? Patience))
        {
            process.Kill();
            process.WaitForExit(Patience);
            Assert.Fail($"{this} did not end in {(patience ?? Patience).TotalSeconds} s\n{Output}\n{Error}");
        }

        process.WaitForExit();
        return new ProgramResult(ToString(), process.ExitCode, Output, Error);
    }

    /// <summary>Waits until standard output holds the text.</summary>
    public void WaitForOutput(string text)
    {
        Eventually.True(
            () => Output.Contains(text, StringComparison.Ordinal) || process.HasExited,
            () => $"{this} did not print '{text}'\n{Output}\n{Error}");
        if (process.HasExited)
        {
            process.WaitForExit(); // what it said last may still be on its way
        }

        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"{this} ended without printing '{text}'\n{Output}\n{Error}");
    }

    public void Signal(int number)
    {
        Assert.True(Kernel.Kill(process.Id, number) == 0, $"kill({process.Id}, {number}) failed");
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit(Patience);
        }

        reaper.Forget(process);
        process.Dispose();
    }

    public override string ToString()
    {
        return $"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}";
    }

    private static void Collect(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
