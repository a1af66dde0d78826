using System.Globalization;
using System.Text;

namespace MiniRun.Runtime.Spec.Writing;

/// <summary>Writes a small JSON object. Utf8JsonWriter would do it, but making its escaping tables costs a twentieth of a launch.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new("{", 1024);

    public void Number(string name, long value)
    {
        Name(name);
        _text.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    public void Text(string name, string value)
    {
        Name(name);
        Quote(value);
    }

    /// <summary>An array of one text.</summary>
    public void Texts(string name, string only)
    {
        Name(name);
        _text.Append('[');
        Quote(only);
        _text.Append(']');
    }

    /// <summary>An object of texts; left out where there are none.</summary>
    public void Texts(string name, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        Begin(name);
        foreach ((string key, string value) in texts)
        {
            Text(key, value);
        }

        End();
    }

    /// <summary>An object that is written already.</summary>
    public void Object(string name, string json)
    {
        Name(name);
        _text.Append(json);
    }

    public void Begin(string name)
    {
        Name(name);
        _text.Append('{');
    }

    public void End() => _text.Append('}');

    public byte[] Finish() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The whole object.</summary>
    public override string ToString() => _text + "}";

    private void Name(string name)
    {
        if (_text[^1] != '{')
        {
            _text.Append(',');
        }

        Quote(name);
        _text.Append(':');
    }

    /// <summary>RFC 8259, section 7: quotes, backslashes and control characters must be escaped, nothing else.</summary>
    private void Quote(string value)
    {
        _text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\')
            {
                _text.Append('\\').Append(c);
            }
            else if (c < ' ')
            {
                _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                _text.Append(c);
            }
        }

        _text.Append('"');
    }
}
