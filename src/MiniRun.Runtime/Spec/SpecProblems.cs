namespace MiniRun.Runtime.Spec;

/// <summary>The problems found so far, up to a number at which more of them help nobody.</summary>
internal sealed class SpecProblems
{
    private const int Most = 20;
    private readonly List<string> problems = [];

    public IReadOnlyList<string> Found => problems;

    public bool IsFull => problems.Count > Most;

    public void Add(string path, string what)
    {
        if (problems.Count < Most)
        {
            problems.Add(path.Length == 0 ? what : $"{path}: {what}");
        }
        else if (!IsFull)
        {
            problems.Add("and more");
        }
    }

    /// <exception cref="SpecException">There is one or more.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            throw new SpecException(problems);
        }
    }
}
