using System.Text;
using Resolver.Resolution.Explanations;

namespace Resolver.Cli.Rendering;

/// <summary>An explanation for a person: the story, near misses, and what would help.</summary>
internal static class ExplanationText
{
    public static string Of(Explanation explanation, Paint paint)
    {
        var text = new StringBuilder();
        var first = true;
        foreach (var line in PlainText.Lines(explanation.Text))
        {
            text.Append(first ? paint.Strong(line) : line).Append('\n');
            first = false;
        }

        if (explanation.Hints.Count > 0)
        {
            text.Append('\n').Append(paint.Strong("Close, but not good enough")).Append('\n');
            foreach (var hint in explanation.Hints)
                text.Append("  ").Append(PlainText.Of(hint.Version is null ? hint.Name : $"{hint.Name} {hint.Version}"))
                    .Append(" (").Append(PlainText.Of(hint.Why)).Append("): ").Append(PlainText.Of(hint.Detail)).Append('\n');
        }

        if (explanation.Fixes.Count > 0)
        {
            text.Append('\n').Append(paint.Strong(explanation.Fixes.Count == 1 ? "This would help" : "Any one of these would help")).Append('\n');
            foreach (var fix in explanation.Fixes)
                text.Append("  - ").Append(string.Join(", and ", fix.Select(action => PlainText.Of($"{action.Verb} {action.What}")))).Append('\n');
        }

        return text.ToString();
    }
}
