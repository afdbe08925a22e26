using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Objectives;

/// <summary>The value of a plan in one objective.</summary>
/// <param name="Objective">Which; never <see cref="Objective.Newest"/>, which is no number.</param>
/// <param name="Value">Of the plan.</param>
/// <param name="AtLeast">What every plan has at least, of those that are as good in the objectives before.</param>
public sealed record ObjectiveValue(Objective Objective, int Value, int AtLeast)
{
    /// <summary>Whether no plan is better; else the search stopped at a limit, somewhere between the two
    /// numbers.</summary>
    public bool IsProven => Value == AtLeast;
}
