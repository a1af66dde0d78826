namespace MiniRun.Engine.Logs;

/// <summary>Which of the program's outputs a line came from.</summary>
public enum LogStream
{
    Stdout,
    Stderr,
}
