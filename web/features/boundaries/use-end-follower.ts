import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Within so many pixels of the end counts as being there. */
const END_TOLERANCE = 4;

/** Stays at the right end as the plane widens, until someone scrolls away from it. */
export function useEndFollower(width: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState(0);
  const [room, setRoom] = useState(800);
  const [isFollowing, setFollowing] = useState(true);
  const end = Math.max(0, width - room);

  useEffect(() => {
    const element = scroller.current as HTMLDivElement;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (!isFollowing) return;
    (scroller.current as HTMLDivElement).scrollLeft = end;
    setLeft(end);
  }, [isFollowing, end]);

  function onScroll(): void {
    const at = (scroller.current as HTMLDivElement).scrollLeft;
    setLeft(at);
    setFollowing(at >= end - END_TOLERANCE);
  }
  return { scroller, left: Math.min(left, end), room, onScroll };
}
