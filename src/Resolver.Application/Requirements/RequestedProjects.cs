namespace Resolver.Application.Requirements;

/// <summary>What names the projects to plan for, as written.</summary>
/// <param name="Requirements">Requirements such as <c>requests>=2</c> (PEP 508).</param>
/// <param name="Files">Requirement files, as pip reads them.</param>
/// <param name="Scripts">Python files with a block <c># /// script</c> (PEP 723).</param>
/// <param name="Groups">Dependency groups, each <c>[PATH:]NAME</c> (PEP 735).</param>
/// <param name="Extras">Extras of the project of <paramref name="PyProject"/>.</param>
/// <param name="PyProject">A <c>pyproject.toml</c> whose dependencies are requested, or null.</param>
public sealed record RequestedProjects(
    IReadOnlyList<string> Requirements,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> Scripts,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Extras,
    string? PyProject
)
{
    /// <summary>Only requirements.</summary>
    public static RequestedProjects Of(params IReadOnlyList<string> requirements) =>
        new(requirements, [], [], [], [], null);

    /// <summary>Source trees to install editable, each <c>DIR[EXTRAS]</c>.</summary>
    public IReadOnlyList<string> Editables { get; init; } = [];

    /// <summary>Whether nothing names a project.</summary>
    public bool IsEmpty =>
        Requirements.Count == 0
        && Editables.Count == 0
        && Files.Count == 0
        && Scripts.Count == 0
        && Groups.Count == 0
        && PyProject is null;
}
