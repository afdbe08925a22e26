using System.Text;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering;

/// <summary>Answers to 'why' and 'why not' for a person.</summary>
internal static class WhyText
{
    public static string Of(PackageName project, WhyAnswer answer, Paint paint)
    {
        if (answer.Step is not { } step)
            return $"{project} is not in the plan.\n";
        var text = new StringBuilder();
        text.Append(paint.Strong(PlainText.Of($"{project} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})"))).Append(" is in the plan because\n");
        foreach (var path in answer.Paths)
        {
            text.Append('\n');
            var indent = "  ";
            foreach (var link in path)
            {
                var who = link.Name is { } name ? $"{name} {link.Version} needs" : "you ask for";
                var role = link.Role == Role.Build ? ", to be built" : "";
                text.Append(indent).Append(PlainText.Of($"{who} {link.Requirement}{role}")).Append('\n');
                indent += "  ";
            }
        }

        if (!answer.Complete)
            text.Append("\nThere are more ways; these are the shortest.\n");
        return text.ToString();
    }

    public static string Of(Requirement unwanted, WhyNotAnswer answer, Paint paint) => answer switch
    {
        WhyNotAnswer.Chosen chosen => $"{Step(chosen.Step)} is in the plan.\n",
        WhyNotAnswer.Impossible impossible => $"{PlainText.Of(unwanted.ToString())} cannot be had.\n\n{ExplanationText.Of(impossible.Explanation, paint)}",
        WhyNotAnswer.Worse { Best: null } => $"A plan could have {PlainText.Of(unwanted.ToString())}, but nothing that was asked for needs {unwanted.Name}.\n",
        WhyNotAnswer.Worse { Best: { } best, Instead: { } instead } => $"A plan could have {PlainText.Of(unwanted.ToString())}, but then {Step(instead)} would have to stand in for {Step(best)}.\n",
        WhyNotAnswer.Worse { Best: { } best } => $"A plan could have {PlainText.Of(unwanted.ToString())}, but then it could not have {Step(best)}.\n",
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    public static string NothingToExplain(Plan plan) =>
        $"There is a plan, of {Count.Of(plan.Steps.Count, "step")}: 'resolver plan' shows it, '--why NAME' and '--why-not NAME==V' ask about it.\n";

    private static string Step(PlanStep step) =>
        PlainText.Of($"{step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})");
}
