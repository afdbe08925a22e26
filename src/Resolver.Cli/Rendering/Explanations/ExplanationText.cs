using System.Globalization;
using System.Text;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Fixes;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>An explanation for a person: the conflict, hints, and fixes.</summary>
internal static class ExplanationText
{
    /// <summary>Changes of one fix that are listed one by one; nobody carries out more by hand.</summary>
    private const int MostListed = 12;

    /// <param name="canApply">Whether the command that prints it can apply a fix by its number.</param>
    /// <param name="canKeepGoing">Whether it can do as much as can be done without any.</param>
    public static string Of(Explanation explanation, Paint paint, bool canApply = false, bool canKeepGoing = false)
    {
        var text = new StringBuilder();
        if (explanation.Unmet is { } unmet)
            UnmetText.Write(text, unmet, paint);
        WriteConflicts(text, explanation, paint);
        var hints = explanation.Hints.Where(hint => !hint.IsTold).ToList();
        if (hints.Count > 0)
        {
            text.Append('\n').Append(paint.Strong("Hints")).Append('\n');
            foreach (var hint in hints)
                text.Append("  - ")
                    // Lines to paste follow the sentence.
                    .AppendJoin("\n      ", hint.Detail.Split('\n').Select(PlainText.Of))
                    .Append('\n');
        }

        if (explanation.Fixes.Count > 0)
        {
            var number = 0;
            text.Append('\n')
                .Append(
                    paint.Strong(
                        explanation.Fixes.Count == 1
                            ? "This change makes a plan possible:"
                            : "Any one of these changes makes a plan possible:"
                    )
                )
                .Append('\n');
            foreach (var fix in explanation.Fixes)
                WriteFix(text, ++number, fix);
        }

        var ways = new List<string>();
        if (canApply && explanation.Fixes.Any(fix => fix.All(action => action.Change is not null)))
            ways.Add(
                explanation.Fixes.Count == 1 ? "--apply-fix 1 plans with it" : "--apply-fix N plans with one of them"
            );
        if (explanation.Fixes.Any(fix => fix.Count > 1 && fix.All(IsPlainAddition)))
            ways.Add("'resolver missing --format requirements' writes what to add as a file");
        if (canKeepGoing)
            ways.Add("--keep-going orders what can be ordered as it is");
        if (ways.Count > 0)
            text.Append(paint.Faint($"{string.Join("; ", ways)}.")).Append('\n');

        return text.ToString();
    }

    private static void WriteFix(StringBuilder text, int number, IReadOnlyList<FixAction> fix)
    {
        text.Append("  ").Append(number.ToString(CultureInfo.InvariantCulture)).Append(". ");
        if (fix is [var only])
        {
            text.Append(PlainText.Of(only.Text)).Append('\n');
            return;
        }

        var shown = fix.Count <= MostListed + 1 ? fix.Count : MostListed;
        if (fix.All(IsPlainAddition))
        {
            text.Append("add ")
                .AppendJoin(", ", fix.Take(shown - (shown < fix.Count ? 0 : 1)).Select(each => PlainText.Of(each.What)))
                .Append(shown < fix.Count ? $" and {fix.Count - shown} more" : $" and {PlainText.Of(fix[^1].What)}")
                .Append(" to the archive\n");
            return;
        }

        text.Append(fix.Count == 2 ? "both of these together:\n" : $"all {fix.Count} of these together:\n");
        foreach (var action in fix.Take(shown))
            text.Append("       - ").Append(PlainText.Of(action.Text)).Append('\n');
        if (shown < fix.Count)
            text.Append($"       … and {fix.Count - shown} more; --format json has each\n");
    }

    private static bool IsPlainAddition(FixAction action) => action is { Verb: "add", Kind: null, Form: "" };

    private static void WriteConflicts(StringBuilder text, Explanation explanation, Paint paint)
    {
        if (explanation.Conflicts.Count > 1)
        {
            text.Append(
                    paint.Strong(
                        $"No plan, for {(explanation.AreAllConflicts ? "" : "at least ")}{explanation.Conflicts.Count} reasons, any one of which is enough:"
                    )
                )
                .Append('\n');
            var number = 0;
            foreach (var conflict in explanation.Conflicts)
            {
                var start = $"{++number}. ".PadLeft(5);
                foreach (var line in PlainText.Lines(conflict.Text))
                {
                    text.Append(start).Append(line).Append('\n');
                    start = new string(' ', 5);
                }
            }
            return;
        }

        var strong = true;
        foreach (var line in PlainText.Lines(explanation.Text))
        {
            text.Append(strong ? paint.Strong(line) : line).Append('\n');
            strong = false;
        }
        if (explanation is { Conflicts.Count: 0, Unmet: null, Fixes: [{ Count: > 1 }] })
            text.Append("This is not the only conflict; 'explain --all' explains each.\n");
        if (explanation.Conflicts.Count == 1)
            text.Append(
                explanation.AreAllConflicts
                    ? "This is the only conflict.\n"
                    : "There may be more conflicts: the search for them was bounded.\n"
            );
    }
}
