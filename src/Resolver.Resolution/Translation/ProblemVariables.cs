using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Translation;

/// <summary>A variable of a <see cref="CandidateProblem"/>.</summary>
internal abstract class ProblemVariable(VariableId id, PackageName projectName)
{
    public VariableId Id { get; } = id;

    public PackageName ProjectName { get; } = projectName;
}

/// <summary>A project; its candidates are loaded when they are first needed.</summary>
internal sealed class ProjectVariable(VariableId id, PackageName projectName) : ProblemVariable(id, projectName)
{
    public bool IsLoaded { get; private set; }

    public Candidate[] Candidates { get; private set; } = [];

    /// <summary>Why candidate i may never be chosen; null where it may.</summary>
    public UnusableCause?[] Unusable { get; private set; } = [];

    public int[] Preference { get; private set; } = [];

    public RequirementId[]?[] Requirements { get; private set; } = [];

    /// <summary>The candidate whose requirements were encoded last, or -1.</summary>
    public int LastEncoded { get; set; } = -1;

    public void Load(Candidate[] candidates, UnusableCause?[] unusable, int[] preference)
    {
        (Candidates, Unusable, Preference, IsLoaded) = (candidates, unusable, preference, true);
        Requirements = new RequirementId[candidates.Length][];
    }
}

/// <summary>An extra of a project: active or not.</summary>
internal sealed class ExtraVariable(VariableId id, PackageName project, ExtraName extra) : ProblemVariable(id, project)
{
    public ExtraName Extra { get; } = extra;
}

/// <summary>The choice between versions that may be installed or not
/// (<see cref="CandidateProblem.AddOptionalRoot"/>).</summary>
internal sealed class ChoiceVariable(
    VariableId id,
    PackageName project,
    IReadOnlyList<IReadOnlyList<Candidate>> versions
) : ProblemVariable(id, project)
{
    public IReadOnlyList<IReadOnlyList<Candidate>> Versions { get; } = versions;

    public RequirementId[] Requirements { get; set; } = [];
}
