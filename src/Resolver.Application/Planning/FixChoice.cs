using Resolver.Application.Hashes;
using Resolver.Application.Inputs;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Planning;

namespace Resolver.Application.Planning;

/// <summary>The fixes that an explanation offers, and the one that was chosen among them.</summary>
/// <param name="apply">The question with a fix; null where a person must carry it out.</param>
/// <param name="plan">Plans it.</param>
internal sealed class FixChoice(
    ExpectedHashes hashes,
    Func<IReadOnlyList<FixAction>, AppliedFix?> apply,
    Func<AppliedFix, PlanOutcome> plan
)
{
    /// <summary>The outcome with a fix applied where there is no plan without, and what was done.</summary>
    /// <param name="number">From 1; null: no fix is to be applied.</param>
    /// <exception cref="InputException">There is no such fix, or it is for a person to carry out.</exception>
    public (PlanOutcome Outcome, IReadOnlyList<FixAction> Applied) Apply(PlanOutcome outcome, int? number)
    {
        if (outcome is PlanOutcome.Impossible tried && hashes.RequiredBecause is not null)
            outcome = WithFixesThatHaveHashes(tried);
        if (number is not { } chosen)
            return (outcome, []);
        if (outcome is PlanOutcome.Planned)
            throw InputException.Usage("--apply-fix: a plan exists without a fix");
        if (outcome is not PlanOutcome.Impossible impossible)
            return (outcome, []);
        var fixes = impossible.Explanation.Fixes;
        if (chosen > fixes.Count)
            throw InputException.Usage(
                $"--apply-fix {chosen}: the explanation has {(fixes.Count == 1 ? "one fix" : $"{fixes.Count} fixes")}"
            );
        var applied = fixes[chosen - 1];
        if (apply(applied) is not { } changed)
            throw InputException.Usage(
                $"--apply-fix {chosen} must be carried out by you: "
                    + $"{string.Join(", and ", applied.Select(each => each.Text))}"
            );
        return (plan(changed), applied);
    }

    /// <summary>Where every file must have a hash, not every plan will do: fixes whose plan has a file without one are
    /// not offered.</summary>
    private PlanOutcome.Impossible WithFixesThatHaveHashes(PlanOutcome.Impossible outcome) =>
        outcome with
        {
            Explanation = outcome.Explanation with
            {
                Fixes =
                [
                    .. outcome.Explanation.Fixes.Where(fix =>
                        apply(fix) is not { } changed || hashes.Allows(plan(changed))
                    ),
                ],
            },
        };
}
