namespace MiniRun.Runtime.Spec.Reading;

/// <summary>The problems found so far, up to a number at which going on helps nobody.</summary>
internal sealed class SpecProblems
{
    private readonly List<string> problems = [];

    /// <exception cref="SpecException">There are now as many as may be reported at once.</exception>
    public void Add(string path, string what)
    {
        problems.Add(path.Length == 0 ? what : $"{path}: {what}");
        if (problems.Count == ReadingLimits.Problems)
        {
            problems.Add("and perhaps more");
            ThrowIfAny();
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
