using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Packaging.RequirementFiles;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Inputs;

/// <summary>The hashes of requirement files (<c>--hash</c>): a file that is installed must have one of those given
/// for its project.</summary>
internal sealed class ExpectedHashes
{
    private const string Checked = "sha256";

    private readonly Dictionary<PackageName, (HashSet<string> Digests, string Place)> expected = [];

    /// <summary>Takes note of the hashes of one line, if it has any.</summary>
    /// <exception cref="CommandException">It has only hashes that are not checked: to pass over them would be to
    /// trust in vain.</exception>
    public void Add(PackageName name, RequirementLine.Dependency line)
    {
        if (line.Hashes.Count == 0)
            return;
        var place = $"{line.File}:{line.Line}";
        var digests = line
            .Hashes.Where(hash => hash.Key == Checked)
            .Select(hash => hash.Value.ToLowerInvariant())
            .ToHashSet();
        if (digests.Count == 0)
            throw CommandException.BadInput($"{place}: {name} has no {Checked} hash, and no other kind can be checked");
        if (expected.TryGetValue(name, out var known))
            known.Digests.UnionWith(digests);
        else
            expected.Add(name, (digests, place));
    }

    /// <summary>Takes note of the hash a lock file gives.</summary>
    /// <param name="sha256">Lower case.</param>
    /// <param name="place">Where it stands, for a person.</param>
    public void Add(PackageName name, string sha256, string place) => expected[name] = ([sha256], place);

    /// <summary>Nothing, once every file that would be installed is known to be one that was meant
    /// (<c>--require-hashes</c>).</summary>
    /// <exception cref="CommandException">Of one no hash is given.</exception>
    public void Require(Plan plan)
    {
        var unknown = plan
            .Steps.Where(step => step.Action == StepAction.Install && !expected.ContainsKey(step.Candidate.Name))
            .ToList();
        if (unknown.Count > 0)
            throw Missing(unknown);
    }

    /// <summary>Likewise, of a plan that was read from a file: its own hashes count.</summary>
    /// <exception cref="CommandException">A step has none.</exception>
    public static void RequireOwn(Plan plan)
    {
        var unknown = plan
            .Steps.Where(step => step.Action == StepAction.Install && step.Candidate.Sha256 is null)
            .ToList();
        if (unknown.Count > 0)
            throw Missing(unknown);
    }

    /// <summary>The same outcome, once every file of the plan has been found to be what it must be.</summary>
    /// <exception cref="CommandException">One is not.</exception>
    public PlanOutcome Judge(PlanOutcome outcome)
    {
        if (outcome is not PlanOutcome.Planned planned)
            return outcome;
        foreach (
            var candidate in planned
                .Plan.Steps.Where(step => step.Action == StepAction.Install)
                .Select(step => step.Candidate)
        )
        {
            if (
                expected.TryGetValue(candidate.Name, out var wanted)
                && !(candidate.Sha256 is { } sha256 && wanted.Digests.Contains(sha256))
            )
                throw CommandException.BadInput(
                    $"{candidate.Path}: its content has none of the hashes that {wanted.Place} gives for {candidate.Name}"
                );
        }

        return outcome;
    }

    private static CommandException Missing(List<PlanStep> steps) =>
        new(
            ExitCode.BadInput,
            $"--require-hashes: no hash is given for {string.Join(", ", steps.Take(5).Select(step => $"{step.Candidate.Name} {step.Candidate.Version}"))}{(steps.Count > 5 ? $" and {steps.Count - 5} more" : "")}",
            "give each a --hash in a requirement file, or install from a lock file or a plan; a tree has none"
        );
}
