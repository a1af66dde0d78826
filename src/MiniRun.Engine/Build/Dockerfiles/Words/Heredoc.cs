using System.Text;

namespace MiniRun.Engine.Build.Dockerfiles.Words;

/// <summary>A here-document: the lines after an instruction up to its name.</summary>
/// <param name="Name">The word that ends it, which is also the file's name for COPY and ADD.</param>
/// <param name="Expand">Whether variables in it are replaced: not where the name is quoted.</param>
/// <param name="StripTabs">"&lt;&lt;-": tabs at the beginning of lines do not count.</param>
public sealed record Heredoc(string Name, bool Expand, bool StripTabs, string Content)
{
    /// <summary>The content as a file has it: without the leading tabs where they do not count.</summary>
    public string Data
    {
        get
        {
            if (!StripTabs)
            {
                return Content;
            }

            var data = new StringBuilder(Content.Length);
            foreach (string line in Content.Split('\n'))
            {
                data.Append(line.AsSpan().TrimStart('\t')).Append('\n');
            }

            return data.ToString(0, data.Length - 1);
        }
    }
}
