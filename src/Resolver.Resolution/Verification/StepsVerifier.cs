using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Verification;

/// <summary>Judges the steps of a plan for one environment, or those of one isolated build environment.</summary>
internal sealed class StepsVerifier
{
    private readonly PlanRequest request;
    private readonly bool buildsAreHere;
    private readonly CountedRequirements metadata;
    private readonly CandidateRules rules;
    private readonly List<CountedRequirement> roots;
    private readonly PlannedSteps steps;
    private readonly Dictionary<Candidate, List<JudgedRequirement>> judged = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Candidate, Role), List<PackageName>> targets = [];
    private readonly List<PlanViolation> violations = [];

    private StepsVerifier(
        PlanRequest request,
        IReadOnlyList<PlanStep> inOrder,
        IReadOnlyList<Requirement> given,
        bool buildsAreHere
    )
    {
        (this.request, this.buildsAreHere) = (request, buildsAreHere);
        metadata = new(request);
        rules = new(request);
        // What a batch was given counts as it is; what was written is subject to overrides.
        roots = [.. given.Select(each => new CountedRequirement(each, Role.Root, IsWaived: false))];
        foreach (var root in request.Roots.Where(each => Holds(each) != false).SelectMany(metadata.OfRoot))
        {
            var isActive = metadata.IsActive(root, []);
            if (isActive == true)
                roots.Add(root);
            else if (isActive is null)
                violations.Add(new(PlanRule.Root, $"the marker of {root.Requirement} cannot be judged"));
        }

        steps = new(inOrder, roots, buildsAreHere);
    }

    /// <summary>Everything that is wrong with the steps.</summary>
    /// <param name="request">What they are to fulfil, in its environment.</param>
    /// <param name="inOrder">The steps, in order.</param>
    /// <param name="given">Roots beside those of the request: what a batch was given.</param>
    /// <param name="buildsAreHere">Whether builds see these steps, not environments of their own.</param>
    /// <param name="rootOwner">Who has the roots in the lists of needs: the project whose build environment this is;
    /// null: the user.</param>
    public static IReadOnlyList<PlanViolation> Violations(
        PlanRequest request,
        IReadOnlyList<PlanStep> inOrder,
        IReadOnlyList<Requirement> given,
        bool buildsAreHere,
        PackageName? rootOwner = null
    )
    {
        var verifier = new StepsVerifier(request, inOrder, given, buildsAreHere);
        verifier.CheckStructure();
        foreach (var root in verifier.roots)
            verifier.CheckMet(PlanRule.Root, "the request", root.Requirement);
        foreach (var constraint in request.Constraints.Where(each => verifier.Holds(each) == true))
        {
            if (verifier.steps[constraint.Name] is not null)
                verifier.CheckMet(PlanRule.Constraint, "the constraints", constraint);
        }

        foreach (var step in inOrder)
        {
            verifier.violations.AddRange(verifier.rules.Broken(step.Candidate));
            verifier.CheckRequirements(step);
        }

        verifier.CheckNeededBy(rootOwner, given);
        verifier.CheckReached();
        if (buildsAreHere)
            verifier.CheckBuildOrder();
        return verifier.violations;
    }

    private bool? Holds(Requirement requirement) => CountedRequirements.Holds(request, requirement);

    private void CheckStructure()
    {
        var (lastStage, seen) = (0, new HashSet<PackageName>());
        for (var i = 0; i < steps.InOrder.Count; i++)
        {
            var step = steps.InOrder[i];
            var isKept = step.Candidate.Kind == DistributionKind.Installed;
            if (step.Order != i + 1)
                Report($"step {i + 1} is numbered {step.Order}");
            if (step.Stage < lastStage)
                Report($"stage {step.Stage} comes after stage {lastStage}");
            if (isKept != (step.Action == StepAction.Keep) || isKept != (step.Stage == 0))
                Report($"{step.Candidate} is to {step.Action} in stage {step.Stage}");
            if (!seen.Add(step.Candidate.Name))
                Report($"{step.Candidate.Name} is planned twice");
            lastStage = step.Stage;
        }

        void Report(string text) => violations.Add(new(PlanRule.Structure, text));
    }

    private void CheckMet(PlanRule rule, string who, Requirement requirement)
    {
        if (steps[requirement.Name] is not { } step)
            violations.Add(new(rule, $"{who} requires {requirement}, which is not planned"));
        else if (!IsMetBy(requirement, step.Candidate))
            violations.Add(new(rule, $"{who} requires {requirement}, but {step.Candidate} is planned"));
    }

    private static bool IsMetBy(Requirement requirement, Candidate candidate) =>
        requirement.Url is not null
            ? ReferencedPlace.IsMeant(requirement, candidate)
            : requirement.Specifier.Contains(candidate.Version, prereleases: true);

    /// <summary>The metadata and the listing say the same, and each requirement is met by the step that it
    /// names.</summary>
    private void CheckRequirements(PlanStep step)
    {
        var extras = steps.ExtrasOf(step.Candidate.Name);
        var expected = new Dictionary<RequirementKey, bool>();
        foreach (var (counted, isActive, _) in Of(step.Candidate))
        {
            if (counted.IsWaived)
            {
                expected.TryAdd(counted.Key, true);
                continue;
            }

            if (isActive is null)
                Report(PlanRule.Requirement, $"{step.Candidate}: the marker of {counted.Requirement} cannot be judged");
            if (isActive != true)
                continue;
            expected[counted.Key] = false;
            CheckMet(PlanRule.Requirement, step.Candidate.ToString(), counted.Requirement);
        }

        var listed = new HashSet<RequirementKey>();
        foreach (var planned in step.Requires.Where(each => buildsAreHere || each.Role == Role.Runtime))
        {
            var key = new CountedRequirement(planned.Requirement, planned.Role, IsWaived: false).Key;
            listed.Add(key);
            if (!expected.TryGetValue(key, out var isWaived))
                Report(PlanRule.Listing, $"{step.Candidate} lists {planned.Requirement}, which does not count");
            else if (planned.SatisfiedBy is null)
            {
                if (!isWaived)
                    Report(PlanRule.Listing, $"{step.Candidate} lists {planned.Requirement} as waived");
            }
            else if (!ReferenceEquals(planned.SatisfiedBy, steps[planned.Requirement.Name]?.Candidate))
                Report(
                    PlanRule.Listing,
                    $"{step.Candidate} says that {planned.SatisfiedBy} satisfies {planned.Requirement}"
                );
            if (planned.Extra is { } extra && !extras.Contains(extra))
                Report(PlanRule.Listing, $"{step.Candidate} requires {planned.Requirement} through an extra '{extra}'");
        }

        foreach (var (key, isWaived) in expected)
        {
            if (!isWaived && !listed.Contains(key))
                Report(PlanRule.Listing, $"{step.Candidate} does not list {key}");
        }

        void Report(PlanRule rule, string text) => violations.Add(new(rule, text));
    }

    private void CheckNeededBy(PackageName? rootOwner, IReadOnlyList<Requirement> given)
    {
        var expected = steps.InOrder.ToDictionary(step => step, _ => new HashSet<Need>());
        foreach (var root in request.Roots.Where(each => Holds(each) == true).Concat(given))
            Note(root.Name, new(rootOwner, root, rootOwner is null ? Role.Root : Role.Build));
        foreach (var constraint in request.Constraints.Where(each => Holds(each) == true))
            Note(constraint.Name, new(null, constraint, Role.Constraint));
        foreach (var step in steps.InOrder)
        {
            foreach (
                var planned in step.Requires.Where(each =>
                    each.SatisfiedBy is not null && (buildsAreHere || each.Role == Role.Runtime)
                )
            )
                Note(planned.Requirement.Name, new(step.Candidate.Name, planned.Requirement, planned.Role));
        }

        foreach (var (step, needs) in expected)
        {
            if (!needs.SetEquals(step.NeededBy))
                violations.Add(
                    new(
                        PlanRule.NeededBy,
                        $"{step.Candidate} is needed by {string.Join("; ", needs)}, "
                            + $"not by {string.Join("; ", step.NeededBy)}"
                    )
                );
        }

        void Note(PackageName target, Need need)
        {
            if (steps[target] is { } step)
                expected[step].Add(need);
        }
    }

    /// <summary>Follows what is active from the roots on. An extra counts only once something reached requests it, so
    /// that nothing is there for its own sake. What a requirement reached before an extra made it inactive stays
    /// (decision 0010).</summary>
    private void CheckReached()
    {
        var reached = new Dictionary<PackageName, HashSet<ExtraName>>();
        var pending = new Queue<PackageName>();
        foreach (var root in roots)
            Reach(root.Requirement);
        while (pending.TryDequeue(out var project))
        {
            if (steps[project] is not { } step)
                continue;
            var extras = reached[project];
            var isLast = extras.SetEquals(steps.ExtrasOf(project));
            foreach (
                var (counted, isActive, isAlwaysActive) in Of(step.Candidate).Where(each => !each.Counted.IsWaived)
            )
            {
                if (isAlwaysActive || (isLast ? isActive : metadata.IsActive(counted, extras)) == true)
                    Reach(counted.Requirement);
            }
        }

        foreach (var step in steps.InOrder.Where(step => !reached.ContainsKey(step.Candidate.Name)))
            violations.Add(new(PlanRule.Reached, $"nothing that is requested reaches {step.Candidate}"));
        foreach (var project in steps.ProjectsWithExtras.Where(reached.ContainsKey))
        {
            if (!reached[project].IsSupersetOf(steps.ExtrasOf(project)))
                violations.Add(new(PlanRule.Reached, $"nothing that is requested reaches all extras of {project}"));
        }

        void Reach(Requirement requirement)
        {
            var isNew = !reached.TryGetValue(requirement.Name, out var extras);
            if (isNew)
                reached.Add(requirement.Name, extras = []);
            var before = extras!.Count;
            extras.UnionWith(requirement.Extras);
            if (isNew || extras.Count > before)
                pending.Enqueue(requirement.Name);
        }
    }

    /// <summary>What a build requires, and everything that requires to run, is installed before the stage of the build
    /// (PEP 517, PEP 518).</summary>
    private void CheckBuildOrder()
    {
        foreach (var build in steps.InOrder.Where(step => step.Candidate.IsBuilt))
        {
            var seen = new HashSet<PackageName>();
            var pending = new Stack<PackageName>(ActiveTargets(build, Role.Build));
            while (pending.TryPop(out var project))
            {
                if (!seen.Add(project) || steps[project] is not { } needed)
                    continue;
                if (!PlannedSteps.IsThereBefore(needed, build.Stage))
                    violations.Add(
                        new(PlanRule.BuildOrder, $"the build of {build.Candidate} needs {needed.Candidate} before it")
                    );
                foreach (var next in ActiveTargets(needed, Role.Runtime))
                    pending.Push(next);
            }
        }
    }

    /// <summary>What the metadata of the candidate say it requires here; judged once.</summary>
    private List<JudgedRequirement> Of(Candidate candidate)
    {
        if (!judged.TryGetValue(candidate, out var known))
        {
            var extras = steps.ExtrasOf(candidate.Name);
            known = [.. metadata.Of(candidate, buildsAreHere).Select(each => Judge(each, extras))];
            judged.Add(candidate, known);
        }
        return known;
    }

    private JudgedRequirement Judge(CountedRequirement counted, IReadOnlySet<ExtraName> extras)
    {
        var isActive = metadata.IsActive(counted, extras);
        return new(counted, isActive, (extras.Count == 0 ? isActive : metadata.IsActive(counted, [])) == true);
    }

    private List<PackageName> ActiveTargets(PlanStep step, Role role)
    {
        if (!targets.TryGetValue((step.Candidate, role), out var active))
        {
            active =
            [
                .. Of(step.Candidate)
                    .Where(each => each.Counted.Role == role && !each.Counted.IsWaived && each.IsActive == true)
                    .Select(each => each.Counted.Requirement.Name),
            ];
            targets.Add((step.Candidate, role), active);
        }
        return active;
    }

    /// <summary>A requirement of a step.</summary>
    /// <param name="IsActive">Whether it is active with the extras of the plan; null where that cannot be
    /// judged.</param>
    /// <param name="IsAlwaysActive">Whether it is active without any extra.</param>
    private readonly record struct JudgedRequirement(CountedRequirement Counted, bool? IsActive, bool IsAlwaysActive);
}
