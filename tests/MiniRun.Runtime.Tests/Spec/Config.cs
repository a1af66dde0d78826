using System.Text;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec;

/// <summary>Documents to test with: recorded ones as files, small ones as text.</summary>
internal static class Config
{
    public static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Spec", "Configs", name));

    public static RuntimeSpec Read(string json) => SpecReader.Read(Encoding.UTF8.GetBytes(json));

    public static RuntimeSpec ReadFile(string name) => SpecReader.Read(File(name));

    /// <summary>What the reader says about a text that it must refuse.</summary>
    public static IReadOnlyList<string> ProblemsOf(string json) => ProblemsOf(Encoding.UTF8.GetBytes(json));

    public static IReadOnlyList<string> ProblemsOf(byte[] json) => Assert.Throws<SpecException>(() => SpecReader.Read(json)).Problems;

    /// <summary>A document with one member beside its version.</summary>
    public static string With(string member) => $$"""{"ociVersion":"1.3.0",{{member}}}""";
}
