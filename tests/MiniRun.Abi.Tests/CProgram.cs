using System.Diagnostics;
using System.Text;

namespace MiniRun.Abi.Tests;

/// <summary>A generated C program that prints one "name value" line for every expression it is given; what does not compile is reported by name.</summary>
internal sealed class CProgram
{
    private readonly StringBuilder _source = new("#define _GNU_SOURCE\n");
    private readonly StringBuilder _lines = new();

    public CProgram(params string[] headers)
    {
        foreach (string header in headers)
        {
            _source.AppendLine(header.StartsWith('/') ? $"#include \"{header}\"" : $"#include <{header}>");
        }

        _source.AppendLine("#include <stddef.h>\n#include <stdio.h>");
    }

    /// <summary>Prints an integer expression under a name.</summary>
    public void Print(string name, string expression) => _lines.AppendLine($"printf(\"%s %lld\\n\", \"{name}\", (long long)({expression}));");

    /// <summary>As Print, but only where the headers define the macro.</summary>
    public void PrintIfDefined(string name) => _lines.AppendLine($"#ifdef {name}\nprintf(\"{name} %lld\\n\", (long long)({name}));\n#endif");

    /// <summary>Compiles and runs; returns the values by name.</summary>
    public Dictionary<string, long> Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("minirun-abi-");
        try
        {
            string source = Path.Combine(folder.FullName, "abi.c");
            string program = Path.Combine(folder.FullName, "abi");
            File.WriteAllText(source, $"{_source}\nint main(void)\n{{\n{_lines}return 0;\n}}\n");
            Execute("gcc", "-std=gnu11", "-w", source, "-o", program);
            return Execute(program).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .ToDictionary(words => words[0], words => long.Parse(words[1]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Execute(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{errors.Result}");
        return output;
    }
}
