namespace Resolver.Resolution.Missing;

/// <summary>One project that has to be added to the archive.</summary>
/// <param name="Name">The project.</param>
/// <param name="Wanted">What the plan that becomes possible asks of it, each as a bound such as <c>&gt;=2,&lt;3</c>;
/// empty where any version will do.</param>
/// <param name="NeededBy">What requires it, for a person: <c>idna 3.6 (to be built)</c>, or
/// <see cref="Request"/>.</param>
/// <param name="Unblocks">How many of the things requested cannot be planned by themselves without it, and can with
/// the whole list.</param>
/// <param name="KnownFrom">The file that says what it needs in turn (the same version for another Python or
/// platform), or null where nothing does.</param>
public sealed record MissingProject(
    string Name,
    IReadOnlyList<string> Wanted,
    IReadOnlyList<string> NeededBy,
    int Unblocks,
    string? KnownFrom = null
)
{
    /// <summary>Stands in <see cref="NeededBy"/> for what is requested.</summary>
    public const string Request = "the request";

    /// <summary>Which kind alone would do, <c>wheel</c> or <c>sdist</c>; null: any that fits.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether it has to be a wheel because its build is part of a build dependency cycle.</summary>
    public bool BreaksCycle { get; init; }

    /// <summary>The URL that names the very file; null where its project and version are enough.</summary>
    public string? Url { get; init; }
}
