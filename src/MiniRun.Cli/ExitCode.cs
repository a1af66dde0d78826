namespace MiniRun.Cli;

/// <summary>docker's exit codes; all others are the program's own, or 128 + n where signal n killed it.</summary>
internal static class ExitCode
{
    internal const int Success = 0;

    /// <summary>A command on existing containers failed (ps, kill, rm, exec).</summary>
    internal const int Failure = 1;

    /// <summary>The --format of `inspect` is no template.</summary>
    internal const int WrongTemplate = 64;

    /// <summary>SIGINT or SIGTERM ended a command that cleans up behind itself.</summary>
    internal const int Interrupted = 130;

    /// <summary>minirun itself failed: wrong usage, or no container could be made.</summary>
    internal const int MiniRunFailed = 125;

    /// <summary>The program, or what loads it, is not there.</summary>
    internal const int NotFound = 127;
}
