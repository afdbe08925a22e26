namespace Resolver.Resolution.Problems;

/// <summary>What the numbers of a problem mean to a person.</summary>
public interface IProblemText
{
    /// <summary>The project of the variable, as the universe names it. For an extra, the project it belongs
    /// to.</summary>
    string ProjectOf(VariableId variable);

    /// <summary>Whether the variable is an extra rather than a project.</summary>
    bool IsExtra(VariableId variable);

    /// <summary>The version of a candidate, as written.</summary>
    string VersionOf(VariableId variable, int candidate);

    /// <summary>The requirement, as written.</summary>
    string TextOf(RequirementId requirement);

    /// <summary>A requested requirement or a constraint for a person, lower bounds first: of a file that was given, its
    /// project and version.</summary>
    string RequestOf(RequirementId requirement) => TextOf(requirement);

    /// <summary>The requirement without its marker, lower bounds first.</summary>
    string PlainTextOf(RequirementId requirement) => TextOf(requirement);

    /// <summary><see cref="PlainTextOf"/> as what a candidate requires: it says where an override has taken its
    /// place.</summary>
    string RequiredAs(RequirementId requirement) => PlainTextOf(requirement);

    /// <summary>What the requirement asks of versions, without name, extras and marker; empty where any will
    /// do.</summary>
    string BoundOf(RequirementId requirement) => TextOf(requirement).Split(' ', 2) is [_, var bound] ? bound : "";

    /// <summary>Why the requirement holds.</summary>
    Role RoleOf(RequirementId requirement) => Role.Runtime;

    /// <summary>Where the candidate lies, for a person to open; <c>installed</c> where it is; null where there is
    /// nothing to say.</summary>
    string? PlaceOf(VariableId variable, int candidate) => null;

    /// <summary>Whether the requirement stands for a file that was given (a batch), rather than for something that
    /// was requested.</summary>
    bool IsGiven(RequirementId requirement) => false;

    /// <summary>Where files of the project lie whose version is not known: they are there, and may be what is
    /// required.</summary>
    IReadOnlyList<string> PlacesWithoutVersion(VariableId project) => [];

    /// <summary>Why the candidate may never be chosen, or null where it may.</summary>
    UnusableCause? WhyUnusable(VariableId variable, int candidate) => null;
}
