namespace Resolver.Sat.Domains;

/// <summary>What became of the domains since one caller looked last.</summary>
public sealed class DomainChanges
{
    private readonly DomainEngine engine;

    internal DomainChanges(DomainEngine engine) => this.engine = engine;

    /// <summary>The place in the trail up to which the caller knows everything; going back lowers it.</summary>
    public int Seen { get; internal set; }

    internal bool Undone { get; set; }

    /// <summary>The place after the last change of all.</summary>
    public int End => engine.Trail.Count;

    /// <summary>The next variable whose domain shrank since the last call, in the order of the trail; one that shrank
    /// twice comes twice. What was undone in between never comes.</summary>
    /// <returns>None where there is none.</returns>
    public EngineVariable NextShrunk() =>
        Seen < engine.Trail.Count ? engine.Trail.Entries[Seen++].Variable : EngineVariable.None;

    /// <summary>Whether choices were undone, so that domains grew, since the last call.</summary>
    public bool WereUndone()
    {
        (var were, Undone) = (Undone, false);
        return were;
    }
}
