namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>One instruction as it was written; variables in it are replaced when it is carried out.</summary>
public abstract record Instruction
{
    /// <summary>Where its keyword stands in the Dockerfile.</summary>
    public required int Offset { get; init; }

    /// <summary>The whole line, continuations joined, for progress.</summary>
    public required string Original { get; init; }

    /// <summary>The keyword in capitals.</summary>
    public abstract string Keyword { get; }
}
