using MiniRun.Linux;

namespace MiniRun.Cli.Output.Templates;

/// <summary>A --format that is no template, or one that the data has no answer for; the message is one line and says where.</summary>
internal sealed class TemplateException(string message) : MiniRunException($"template parsing error: template: {message}");
