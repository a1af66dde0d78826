using MiniRun.Engine.Images.Documents;

namespace MiniRun.Engine.Build.Stages;

/// <summary>What an instruction without files came to.</summary>
/// <param name="History">As the image's history shows it: the instruction with its variables replaced.</param>
public sealed record ConfigChange(ImageConfig Config, string History)
{
    /// <summary>What the history runs together, one by one, where a later RUN depends on it: "ENV a=b c=d" sets one variable or two.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Null leaves the author as it is.</summary>
    public string? Author { get; init; }

    /// <summary>Whether it was a CMD.</summary>
    public bool SetsCommand { get; init; }
}
