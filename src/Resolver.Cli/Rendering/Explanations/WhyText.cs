using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>Answers to 'why' and 'why not' for a person.</summary>
internal static class WhyText
{
    /// <param name="nearest">The project of the plan that may have been meant, where it has none of this name.</param>
    public static string Of(PackageName project, WhyAnswer answer, Paint paint, string? nearest = null)
    {
        if (answer.Step is not { } step)
            return $"{project} is not in the plan.{(nearest is null ? "" : $" Did you mean {nearest}?")}\n";
        var text = new StringBuilder();
        text.Append(
                paint.Strong(PlainText.Of($"{project} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})"))
            )
            .Append(" is in the plan because\n");
        foreach (var path in answer.Paths)
        {
            text.Append('\n');
            var indent = "  ";
            foreach (var link in path)
            {
                text.Append(indent)
                    .Append(
                        PlainText.Of(
                            link.Name is null ? $"{link.Requirement.ToReadableText()} is requested" : Requiring(link)
                        )
                    )
                    .Append('\n');
                indent += "  ";
            }
        }

        if (!answer.Complete)
            text.Append("\nThere are more ways; these are the shortest.\n");
        return text.ToString();
    }

    public static string Of(Requirement unwanted, WhyNotAnswer answer, Paint paint) =>
        answer switch
        {
            WhyNotAnswer.Newest newest => $"{Step(newest.Step)} is in the plan, and is the newest there is.\n",
            WhyNotAnswer.Chosen chosen => $"{Step(chosen.Step)} is in the plan.\n",
            WhyNotAnswer.Impossible impossible => ExplanationText.Of(impossible.Explanation, paint),
            WhyNotAnswer.Worse worse => WhyNotText.Of(unwanted, worse),
            _ => throw new ArgumentOutOfRangeException(nameof(answer)),
        };

    /// <summary>Why one step comes before another.</summary>
    public static string Of(WhyBeforeAnswer answer, Paint paint)
    {
        switch (answer)
        {
            case WhyBeforeAnswer.NotPlanned missing:
                return $"{missing.Name} is not in the plan.\n";
            case WhyBeforeAnswer.Needed needed:
                return Way(
                    $"{paint.Strong(Step(needed.First))} comes before {Step(needed.Second)}, because the build of "
                        + $"{needed.Second.Candidate.Name} depends on it:\n",
                    needed.Way
                );
            case WhyBeforeAnswer.After after:
                return Way(
                    $"{paint.Strong(Step(after.First))} comes after {Step(after.Second)}, because its build depends "
                        + $"on that:\n",
                    after.Way
                );
            case WhyBeforeAnswer.Free free:
                var (first, then) =
                    free.First.Order < free.Second.Order ? (free.First, free.Second) : (free.Second, free.First);
                var text =
                    $"{Step(first)} comes before {Step(then)}, but neither requires the other before its build: they "
                    + $"could be swapped.\n";
                if (first.Action == StepAction.Keep)
                    return text + $"{first.Candidate.Name} is installed already.\n";
                if (first.Stage == then.Stage)
                    return text + $"Both are in stage {first.Stage}, and within a stage the order is by name.\n";
                return text
                    + $"{first.Candidate.Name} can go as early as stage {first.Stage}; the build of "
                    + $"{then.Candidate.Name} is in stage "
                    + $"{then.Stage}{(free.Latest is { } latest ? $", after {Step(latest)}" : "")}.\n";
            default:
                throw new ArgumentOutOfRangeException(nameof(answer));
        }
    }

    private static string Way(string head, IReadOnlyList<WhyLink> way) =>
        head + string.Concat(way.Select(link => $"  {PlainText.Of(Requiring(link))}\n"));

    private static string Requiring(WhyLink link) =>
        $"{link.Name} {link.Version} requires {link.Requirement.ToReadableText()}{Purpose(link)}";

    private static string Purpose(WhyLink link) =>
        link.Role switch
        {
            Role.Build => " to build",
            Role.Runtime => " to run",
            _ => "",
        };

    public static string NothingToExplain(Plan plan) =>
        $"There is a plan, of {Count.Of(plan.Steps.Count, "step")}: 'resolver plan' shows it, '--why NAME', "
        + $"'--why-not NAME' and '--why-before A B' ask about it.\n";

    private static string Step(PlanStep step) =>
        PlainText.Of($"{step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})");
}
