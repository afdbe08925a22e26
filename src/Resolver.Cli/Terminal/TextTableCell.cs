namespace Resolver.Cli.Terminal;

/// <summary>One value of a <see cref="TextTable"/>.</summary>
/// <param name="text">As it is; what would act on a terminal is shown instead.</param>
/// <param name="style">Its colours; null for none.</param>
internal sealed class TextTableCell(string text, Func<string, string>? style = null)
{
    /// <summary>What is shown, without colours.</summary>
    public string Text { get; } = PlainText.Of(text);

    /// <summary>What is shown.</summary>
    public string Painted => style is null || Text.Length == 0 ? Text : style(Text);

    /// <summary>The columns that it takes.</summary>
    public int Columns => TerminalLines.Columns(Text);
}
