namespace MiniRun.Engine.Build;

/// <summary>One instruction of a build under way.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">Of the whole build; triggers of images add to it when they are found.</param>
/// <param name="Stage">The stage's name, or its number where the Dockerfile has several; else "".</param>
/// <param name="Text">The instruction as it was written, on one line.</param>
public sealed record BuildStep(int Number, int Count, string Stage, string Text);
