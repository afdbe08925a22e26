namespace Resolver.Sat.Domains;

/// <summary>What became of the domains since the caller looked last: for a propagator of the caller's own.</summary>
public sealed partial class DomainEngine
{
    private int reported;
    private bool undone;

    /// <summary>The next variable whose domain shrank since the last call, in the order of the trail; one that shrank
    /// twice comes twice. What was undone in between never comes.</summary>
    /// <returns>None where there is none.</returns>
    public EngineVariable NextShrunk() =>
        reported < Trail.Count ? Trail.Entries[reported++].Variable : EngineVariable.None;

    /// <summary>Whether choices were undone, so that domains grew, since the last call.</summary>
    public bool WereUndone()
    {
        (var were, undone) = (undone, false);
        return were;
    }
}
