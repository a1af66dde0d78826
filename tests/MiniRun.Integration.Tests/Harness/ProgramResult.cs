namespace MiniRun.Integration.Tests.Harness;

/// <summary>How a program ended: its exit status (128 + n for signal n) and what it wrote.</summary>
public sealed record ProgramResult(string Command, int Status, string Output, string Error)
{
    /// <summary>The output without its final newline, once the status has been checked to be 0.</summary>
    public string Succeeded()
    {
        Assert.True(Status == 0, ToString());
        return Output.TrimEnd('\n');
    }

    /// <summary>The lines of standard output, once the status has been checked to be 0.</summary>
    public string[] Lines()
    {
        return Succeeded().Split('\n');
    }

    /// <summary>Checks the status and that the error output is one line that holds every part.</summary>
    public void FailedInOneLine(int status, params string[] parts)
    {
        Assert.True(Status == status, ToString());
        Assert.True(Error.TrimEnd('\n').Split('\n').Length == 1 && Error.Length > 0, ToString());
        foreach (string part in parts)
        {
            Assert.Contains(part, Error, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Checks the status and that the last line of the error output holds every part; the lines before it tell what was tried.</summary>
    public void FailedWithLastLine(int status, params string[] parts) => (this with { Error = Error.TrimEnd('\n').Split('\n')[^1] }).FailedInOneLine(status, parts);

    public override string ToString()
    {
        return $"{Command}\nexit status {Status}\n{Output}\n{Error}";
    }
}
