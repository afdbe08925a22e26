namespace Resolver.Cli.Terminal;

/// <summary>Colours for terminals; without one every method gives its text back unchanged. Understandable without
/// colour is the rule, colour only helps the eye.</summary>
/// <param name="enabled">Whether to write escape sequences (ECMA-48, select graphic rendition).</param>
internal sealed class Paint(bool enabled)
{
    public static Paint None { get; } = new(false);

    public string Strong(string text) => Wrap("1", text);

    public string Faint(string text) => Wrap("2", text);

    public string Good(string text) => Wrap("32", text);

    public string Warning(string text) => Wrap("33", text);

    public string Bad(string text) => Wrap("1;31", text);

    public string Accent(string text) => Wrap("36", text);

    private string Wrap(string code, string text) => enabled && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
