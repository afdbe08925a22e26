using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>
/// All minimal cores, by the duality of cores and corrections (Reiter 1987; MARCO of Liffiton et al. 2016 walks the
/// same lattice): a set of facts that meets every core known so far is dropped. Where that is still impossible, what
/// remains holds a core that is new, since it shares nothing with the set; where it is possible, the set is a
/// correction. When each minimal set that meets all known cores is a correction, there are no further cores.
/// </summary>
/// <remarks>The map of the lattice is the list of known cores itself; it is walked depth first, so that nothing but
/// the cores and corrections is kept.</remarks>
internal sealed class AllCores(Problem problem, IProblemText text, SolveBudget budget, int most)
{
    /// <summary>Maximum number of sets dropped for each core that may be found: their number can be exponential in the
    /// cores'.</summary>
    private const int TriesPerCore = 16;

    private readonly List<IReadOnlyList<Assumption>> cores = [];
    private readonly List<IReadOnlyList<Assumption>> corrections = [];

    /// <summary>The cores found, in the order found; each minimal unless a limit was reached.</summary>
    public IReadOnlyList<IReadOnlyList<Assumption>> Cores => cores;

    /// <summary>Minimal sets of facts that meet every core; without any one of them the problem is satisfiable. All
    /// there are, where <see cref="IsComplete"/>.</summary>
    public IReadOnlyList<IReadOnlyList<Assumption>> Corrections => corrections;

    /// <summary>Whether these are all minimal cores there are.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether each of them is minimal.</summary>
    public bool AreMinimal { get; private set; } = true;

    /// <param name="first">A minimal core that is known already.</param>
    public void Find(IReadOnlyList<Assumption> first)
    {
        cores.Add(first);
        for (var tries = most * TriesPerCore; cores.Count <= most && tries > 0; tries--)
        {
            if (NextHittingSet() is not { } released)
            {
                IsComplete = true;
                return;
            }
            if (cores.Count == most && corrections.Count > most)
                return;
            var core = new MinimalCore(problem, text, budget);
            core.Find(released);
            if (core.IsSatisfiable)
                corrections.Add(released);
            else if (core.Facts is { } facts && cores.Count < most)
            {
                cores.Add(facts);
                AreMinimal &= core.IsMinimal;
            }
            else
                return; // a limit was reached, or one more core than was requested is there
        }
    }

    /// <summary>A minimal set with a member in each core that is not known to be a correction; null where there is
    /// none.</summary>
    private List<Assumption>? NextHittingSet()
    {
        var chosen = new List<Assumption>();
        var ruledOut = new HashSet<Assumption>();
        return Hit();

        List<Assumption>? Hit()
        {
            if (corrections.Exists(each => each.All(chosen.Contains)))
                return null;
            var open = cores.Find(core => !core.Any(chosen.Contains));
            if (open is null)
            {
                var minimal = Minimal(chosen);
                return corrections.Exists(each => each.All(minimal.Contains)) ? null : minimal;
            }
            // Each member in turn, without those tried before it: every hitting set is met once.
            var tried = new List<Assumption>();
            foreach (var member in open.Where(each => !ruledOut.Contains(each)))
            {
                chosen.Add(member);
                var found = Hit();
                chosen.RemoveAt(chosen.Count - 1);
                if (found is not null)
                {
                    ruledOut.ExceptWith(tried);
                    return found;
                }
                ruledOut.Add(member);
                tried.Add(member);
            }
            ruledOut.ExceptWith(tried);
            return null;
        }
    }

    private List<Assumption> Minimal(List<Assumption> hitting)
    {
        var minimal = new List<Assumption>(hitting);
        foreach (var member in hitting)
        {
            if (cores.TrueForAll(core => core.Any(each => each != member && minimal.Contains(each))))
                minimal.Remove(member);
        }
        return minimal;
    }
}
