using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Build.Steps;

/// <summary>Paths of an image as its configuration has them: absolute, and without "." and "..".</summary>
internal static class ImagePath
{
    /// <param name="path">Absolute, or relative to the working directory.</param>
    internal static string Of(string path, string workingDirectory) =>
        $"/{SlashPath.Normalized(path.StartsWith('/') ? path : $"{workingDirectory}/{path}")}";
}
