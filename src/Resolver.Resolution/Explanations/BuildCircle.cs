namespace Resolver.Resolution.Explanations;

/// <summary>Builds that wait for each other.</summary>
/// <param name="Projects">Its members, in the order of the circle.</param>
/// <param name="Steps">What each needs of the next, for a person.</param>
/// <param name="Break">The cheapest break found; null where none was.</param>
public sealed record BuildCircle(IReadOnlyList<string> Projects, IReadOnlyList<string> Steps, CircleBreak? Break);

/// <summary>What breaks a circle; solved again with it.</summary>
/// <param name="Kind">A stable word: <c>wheel</c>, <c>installed</c>, <c>version</c> (something that is there),
/// <c>add</c>, <c>waive</c>.</param>
/// <param name="Project">Where.</param>
/// <param name="Text">For a person, in the imperative.</param>
public sealed record CircleBreak(string Kind, string Project, string Text);
