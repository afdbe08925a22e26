using Resolver.Packaging.Names;
using Resolver.Packaging.RequirementFiles;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Inputs;

/// <summary>The hashes of requirement files (<c>--hash</c>): a file that is installed must have one of those given for its project.</summary>
internal sealed class ExpectedHashes
{
    private const string Checked = "sha256";

    private readonly Dictionary<PackageName, (HashSet<string> Digests, string Place)> expected = [];

    /// <summary>Takes note of the hashes of one line, if it has any.</summary>
    /// <exception cref="CommandException">It has only hashes that are not checked: to pass over them would be to trust in vain.</exception>
    public void Add(PackageName name, RequirementLine.Dependency line)
    {
        if (line.Hashes.Count == 0)
            return;
        var place = $"{line.File}:{line.Line}";
        var digests = line.Hashes.Where(hash => hash.Key == Checked).Select(hash => hash.Value.ToLowerInvariant()).ToHashSet();
        if (digests.Count == 0)
            throw CommandException.BadInput($"{place}: {name} has no {Checked} hash, and no other kind can be checked");
        if (expected.TryGetValue(name, out var known))
            known.Digests.UnionWith(digests);
        else
            expected.Add(name, (digests, place));
    }

    /// <summary>The same outcome, once every file of the plan has been found to be what it must be.</summary>
    /// <exception cref="CommandException">One is not.</exception>
    public PlanOutcome Judge(PlanOutcome outcome)
    {
        if (outcome is not PlanOutcome.Planned planned)
            return outcome;
        foreach (var candidate in planned.Plan.Steps.Where(step => step.Action == StepAction.Install).Select(step => step.Candidate))
        {
            if (expected.TryGetValue(candidate.Name, out var wanted) && !(candidate.Sha256 is { } sha256 && wanted.Digests.Contains(sha256)))
                throw CommandException.BadInput($"{candidate.Path}: its content has none of the hashes that {wanted.Place} gives for {candidate.Name}");
        }

        return outcome;
    }
}
